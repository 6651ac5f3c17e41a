import { describe, expect, it } from 'vitest';
import { assemble, FunctionBuilder, f32x4, f64, f64x2, forEach, i32, i32x4, v128, when } from './assembler';

/** Runs one function without parameters on a fresh page of memory, preset with these float64. */
function run(build: (f: FunctionBuilder) => void, preset: number[] = []): Float64Array {
  const f = new FunctionBuilder('run');
  build(f);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const values = new Float64Array(memory.buffer);
  values.set(preset);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble([f])), { env: { memory } });
  (exports as { run(): void }).run();
  return values;
}

describe('the WebAssembly assembler', () => {
  it('counts, branches and computes', () => {
    const values = run((f) => {
      const i = f.local('i32');
      const sum = f.local('f64');
      f.body = [
        ...forEach(
          i,
          i32.const(-3),
          i32.const(1000),
          when(
            i32.lessThan(i.get, i32.sub(i32.mul(i32.const(5), i32.const(2)), i32.const(0))),
            sum.set(f64.add(sum.get, f64.div(f64.fromInteger(i.get), f64.const(0.5)))),
          ),
        ),
        ...v128.store(i32.const(16), f64x2.splat(f64.sub(f64.mul(sum.get, f64.const(3)), f64.const(0.25)))),
      ];
    });
    // Twice the sum of -3 … 9, times three, less a quarter.
    expect([values[2], values[3]]).toEqual([233.75, 233.75]);
  });

  it('addresses memory beyond 127 bytes, with offsets', () => {
    const values = run(
      (f) => {
        f.body = v128.store(i32.const(300 * 8), v128.load(i32.const(128), 8 * 200), 16);
      },
      [...Array(216).fill(0), 7, 8],
    );
    expect([values[302], values[303]]).toEqual([7, 8]);
  });

  it('reads and writes one and two float32', () => {
    const values = run(
      (f) => {
        const [one, two] = [v128.loadOne(i32.const(4)), v128.loadTwo(i32.const(4))];
        f.body = [
          ...v128.store(i32.const(16), f64x2.fromLowF32(one)),
          ...v128.store(i32.const(32), f64x2.fromLowF32(two)),
          ...v128.storeOne(i32.const(48), two),
          ...v128.storeTwo(i32.const(56), two),
        ];
      },
      [...new Float64Array(Float32Array.of(1, 2, 3, 4).buffer)],
    );
    expect([...values.slice(2, 6)]).toEqual([2, 0, 2, 3]);
    expect([...new Float32Array(values.buffer, 48, 4)]).toEqual([2, 0, 2, 3]);
  });

  it('has roots, limits, whole parts and signs of pairs, and takes larger steps', () => {
    const values = run(
      (f) => {
        const pair = v128.load(i32.const(0));
        const roots = f64x2.sqrt(f64x2.abs(pair));
        const whole = i32x4.fromF64x2(roots);
        const i = f.local('i32');
        const sign = v128.and(pair, f64x2.splat(f64.const(-0)));
        f.body = [
          ...v128.store(i32.const(16), f64x2.min(roots, f64x2.splat(f64.const(2)))),
          ...v128.store(i32.const(32), v128.xor(f64x2.trunc(roots), sign)),
          ...v128.store(
            i32.const(48),
            f64x2.of(f64.fromInteger(i32x4.lane(whole, 0)), f64.fromInteger(i32x4.lane(whole, 1))),
          ),
          ...forEach(
            i,
            i32.const(64),
            i32.const(96),
            v128.store(i.get, f64x2.splat(f64.fromInteger(i.get))),
            16,
          ),
        ];
      },
      [-2.25, 12.25],
    );
    expect([...values.slice(2, 12)]).toEqual([1.5, 2, -1, 3, 1, 3, 64, 64, 80, 80]);
  });

  it('picks, builds and converts pairs', () => {
    const values = run(
      (f) => {
        const a = v128.load(i32.const(0));
        const b = v128.load(i32.const(16));
        const floats = f64x2.toLowF32(f64x2.of(f64x2.lane(a, 1), f64x2.lane(b, 0)));
        f.body = [
          ...v128.store(i32.const(32), v128.halves(a, b, 1, 2)),
          ...v128.store(i32.const(48), f64x2.sub(f64x2.mul(a, b), f64x2.add(a, b))),
          ...v128.store(i32.const(64), f64x2.fromLowF32(floats)),
        ];
      },
      [1.5, 0.1, 4, 10],
    );
    expect([...values.slice(4, 10)]).toEqual([0.1, 4, 0.5, -9.1, Math.fround(0.1), 4]);
  });

  it('computes with and rearranges four float32, and takes steps it computes', () => {
    const values = run(
      (f) => {
        const a = v128.load(i32.const(0));
        const three = v128.loadSplat(i32.const(4), 4);
        const i = f.local('i32');
        f.body = [
          ...v128.store(i32.const(16), f32x4.sub(f32x4.mul(a, three), f32x4.add(a, a))),
          ...v128.store(i32.const(32), v128.quarters(a, three, [3, 7, 0, 2])),
          ...forEach(i, i32.const(48), i32.const(96), v128.store(i.get, a), i32.add(i.get, i32.const(-16))),
        ];
      },
      [...new Float64Array(Float32Array.of(1, 2, 3, 4).buffer)],
    );
    const floats = new Float32Array(values.buffer);
    expect([...floats.slice(4, 12)]).toEqual([1, 2, 3, 4, 4, 3, 1, 3]);
    // At 48 and 48 + 32.
    expect([...floats.slice(12, 24)]).toEqual([1, 2, 3, 4, 0, 0, 0, 0, 1, 2, 3, 4]);
  });

  it('compares, and keeps what it found in bytes', () => {
    const values = run(
      (f) => {
        const four = v128.load(i32.const(0));
        const less = f.local('v128');
        f.body = [
          ...less.set(f32x4.lessThan(four, v128.loadSplat(i32.const(8)))),
          ...v128.storeOne(i32.const(16), i32x4.toBytes(less)),
          ...v128.store(i32.const(32), v128.and(i32x4.fromBytes(v128.loadOne(i32.const(16))), four)),
        ];
      },
      [...new Float64Array(Float32Array.of(1, 4, 3, 2).buffer)],
    );
    expect([...new Uint8Array(values.buffer, 16, 4)]).toEqual([255, 0, 0, 255]);
    expect([...new Float32Array(values.buffer, 32, 4)]).toEqual([1, 0, 0, 2]);
  });
});
