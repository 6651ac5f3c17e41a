import { describe, expect, it } from 'vitest';
import { assemble, FunctionBuilder, f64, f64x2, forEach, i32, v128, when } from './assembler';

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
});
