import type { LocalLaplacian } from '../laplacian/fastLocalLaplacian';
import {
  assemble,
  type Code,
  FunctionBuilder,
  f64,
  f64x2,
  forEach,
  i32,
  i32x4,
  type Local,
  parameters,
  v128,
  vectors,
} from '../wasm/assembler';

/** Bytes of a point of the curve: its value and what it rises by until the next, float64. */
const pointBytes = 16;
/** Values that go through WebAssembly at once. */
const chunk = 8192;
const pageBytes = 65_536;

/**
 * An odd function of differences, linear between points at equal steps of the square root of their amount, and constant beyond
 * the last, at 1. Filtering for a style spends most of its time here, hence WebAssembly, with the same values to the last bit.
 * @param curve values at the points, none below 0
 */
export const oddCurve = (curve: Float64Array): LocalLaplacian['remap'] =>
  vectorCurve(curve) ?? plainCurve(curve);

/** For any processor. */
export function plainCurve(curve: Float64Array): LocalLaplacian['remap'] {
  const bins = curve.length - 1;
  const rises = risesOf(curve);
  return (values, from, into) => {
    for (let i = 0; i < values.length; i += 1) {
      const difference = values[i]! - from;
      const place = Math.min(bins, Math.sqrt(Math.abs(difference)) * bins);
      const bin = Math.min(bins - 1, Math.floor(place));
      const amplitude = curve[bin]! + (place - bin) * rises[bin]!;
      into[i] = difference < 0 ? -amplitude : amplitude;
    }
  };
}

const risesOf = (curve: Float64Array) => curve.subarray(1).map((value, bin) => value - curve[bin]!);

interface Kernel {
  readonly memory: WebAssembly.Memory;
  remap(points: number, bins: number, values: number, end: number, from: number): void;
}

let kernel: Kernel | null | undefined;

/** Compiled on first use; null on a processor without 128-bit vectors. One memory is enough: nothing stays in it. */
function compiled(): Kernel | null {
  if (kernel === undefined) {
    const program = assemble([remap()]);
    kernel = null;
    if (WebAssembly.validate(program)) {
      const memory = new WebAssembly.Memory({ initial: 1 });
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(program), { env: { memory } });
      kernel = { memory, remap: exports.remap as Kernel['remap'] };
    }
  }
  return kernel;
}

/** @returns null on a processor without vectors, or for a curve of more points than it is made for */
export function vectorCurve(curve: Float64Array): LocalLaplacian['remap'] | null {
  const available = compiled();
  const places = chunk * Float32Array.BYTES_PER_ELEMENT;
  if (!available || curve.length * pointBytes > pageBytes - places) return null;
  const points = pointsOf(curve);
  const { buffer } = available.memory;
  const [held, table] = [new Float32Array(buffer, 0, chunk), new Float64Array(buffer, places, points.length)];
  return (values, from, into) => {
    table.set(points);
    for (let start = 0; start < values.length; start += chunk) {
      const part = values.subarray(start, start + chunk);
      held.set(part);
      available.remap(places, curve.length - 1, 0, part.length * Float32Array.BYTES_PER_ELEMENT, from);
      into.set(part.length < chunk ? held.subarray(0, part.length) : held, start);
    }
  };
}

function pointsOf(curve: Float64Array): Float64Array {
  const bins = curve.length - 1;
  const rises = risesOf(curve);
  const points = new Float64Array(2 * curve.length);
  for (const [bin, rise] of rises.entries()) points.set([curve[bin]!, rise], 2 * bin);
  // The last one as it is reached from the one before.
  points[2 * bins] = curve[bins - 1]! + rises[bins - 1]!;
  return points;
}

/** `remap(points, bins, values, end, from)`: values are float32 from one address to another; two at a time. */
function remap(): FunctionBuilder {
  const f = new FunctionBuilder('remap');
  const [points, bins, values, end] = parameters(f, 4) as Four;
  const from = f.parameter('f64');
  const i = f.local('i32');
  const [last, centre, sign, difference] = vectors(f, 4) as Four;
  const [place, whole, first, second] = vectors(f, 4) as Four;
  const point = (lane: 0 | 1): Code =>
    v128.load(i32.add(points.get, i32.mul(i32x4.lane(whole.get, lane), i32.const(pointBytes))));
  f.body = [
    ...last.set(f64x2.splat(f64.fromInteger(bins.get))),
    ...centre.set(f64x2.splat(from.get)),
    ...sign.set(f64x2.splat(f64.const(-0))),
    ...forEach(
      i,
      values.get,
      end.get,
      [
        ...difference.set(f64x2.sub(f64x2.fromLowF32(v128.loadTwo(i.get)), centre.get)),
        ...place.set(f64x2.min(f64x2.mul(f64x2.sqrt(f64x2.abs(difference.get)), last.get), last.get)),
        ...whole.set(i32x4.fromF64x2(place.get)),
        ...first.set(point(0)),
        ...second.set(point(1)),
        ...v128.storeTwo(
          i.get,
          f64x2.toLowF32(
            v128.xor(
              f64x2.add(
                v128.halves(first.get, second.get, 0, 2),
                f64x2.mul(
                  f64x2.sub(place.get, f64x2.trunc(place.get)),
                  v128.halves(first.get, second.get, 1, 3),
                ),
              ),
              v128.and(difference.get, sign.get),
            ),
          ),
        ),
      ],
      8,
    ),
  ];
  return f;
}

type Four = [Local, Local, Local, Local];
