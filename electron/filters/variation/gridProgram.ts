import {
  assemble,
  type Code,
  FunctionBuilder,
  f64x2,
  forEach,
  i32,
  type Local,
  parameters,
  v128,
  vectors,
  when,
} from '../wasm/assembler';

/** Where a sum is left, as two float64 that are still to be added. */
export const sumAddress = 0;

/** Pixels that stand before and behind every plane and hold 0, beside one row: vectors may reach that far. */
export const guardPixels = 4;

/**
 * The kernels of `plainKernel` in WebAssembly, in float64 like them. All addresses are bytes; those of planes are of their first
 * pixel; `bytes` are a plane's, rounded up to a pair of pixels, and `row` a row's.
 *
 * - `multiply(x, out, right, below, data, bytes, row)`: data is 0 where it is left out. Sum: x · out
 * - `forwards(r, out, right, below, inverses, height, row)` and `backwards(out, right, below, inverses, height, row)`: rows are
 *   at least four pixels long
 * - `direct(conditioned, direction, bytes, carried)`
 * - `advance(product, residual, bytes, length)`. Sum: the residual's square
 * - `dot(a, b, bytes)`
 */
export const assembleGridProgram = () =>
  assemble([
    multiply('multiply', false),
    multiply('multiplyWeighted', true),
    forwards(),
    backwards(),
    direct(),
    advance(),
    dot(),
  ]);

/** Four rows are eliminated at once, each a pixel behind the one before it: within a row every pixel waits for the last. */
const rowsAtOnce = 4;

const pair = (base: Local, at: Code): Code => f64x2.fromLowF32(v128.loadTwo(i32.add(base.get, at)));
const storePair = (base: Local, at: Code, value: Code): Code =>
  v128.storeTwo(i32.add(base.get, at), f64x2.toLowF32(value));
const one = (base: Local, at: Code): Code => f64x2.fromLowF32(v128.loadOne(i32.add(base.get, at)));
const addTo = (sum: Local, value: Code): Code => sum.set(f64x2.add(sum.get, value));
const leaveSum = (sum: Local): Code => v128.store(i32.const(sumAddress), sum.get);

function multiply(name: string, weighted: boolean): FunctionBuilder {
  const f = new FunctionBuilder(name);
  const [x, out, right, below, data, bytes, row] = parameters(f, 7) as Seven;
  const [i, above] = [f.local('i32'), f.local('i32')];
  const [value, own, toRight, leaving, toBelow, falling, sum] = vectors(f, 7) as Seven;
  const arriving = f.local('v128');
  const flow = f64x2.mul(pair(below, above.get), f64x2.sub(pair(x, above.get), value.get));
  f.body = [
    ...forEach(
      i,
      i32.const(0),
      bytes.get,
      [
        ...above.set(i32.sub(i.get, row.get)),
        ...value.set(pair(x, i.get)),
        ...own.set(weighted ? f64x2.mul(pair(data, i.get), value.get) : value.get),
        ...toRight.set(f64x2.sub(value.get, pair(x, i32.add(i.get, i32.const(4))))),
        ...arriving.set(leaving.get),
        ...leaving.set(f64x2.mul(pair(right, i.get), toRight.get)),
        // What left the pixel before each: the last one's second, and this one's first.
        ...arriving.set(v128.halves(arriving.get, leaving.get, 1, 2)),
        ...toBelow.set(f64x2.sub(value.get, pair(x, i32.add(i.get, row.get)))),
        ...falling.set(f64x2.mul(pair(below, i.get), toBelow.get)),
        ...addTo(
          sum,
          f64x2.add(
            f64x2.mul(value.get, own.get),
            f64x2.add(f64x2.mul(leaving.get, toRight.get), f64x2.mul(falling.get, toBelow.get)),
          ),
        ),
        ...storePair(
          out,
          i.get,
          f64x2.sub(f64x2.add(f64x2.add(own.get, leaving.get), falling.get), f64x2.add(arriving.get, flow)),
        ),
      ],
      8,
    ),
    ...leaveSum(sum),
  ];
  return f;
}

type Seven = [Local, Local, Local, Local, Local, Local, Local];

function forwards(): FunctionBuilder {
  const f = new FunctionBuilder('forwards');
  const [r, out, right, below, inverses, height, row] = parameters(f, 7) as Seven;
  const above = f.local('i32');
  const joined = vectors(f, rowsAtOnce);
  const previous = vectors(f, rowsAtOnce);
  const pixel = (place: Local, k: number, stored: readonly Local[]): Code => [
    ...above.set(i32.sub(place.get, row.get)),
    ...previous[k]!.set(
      f64x2.mul(
        f64x2.add(
          f64x2.add(one(r, place.get), f64x2.mul(joined[k]!.get, previous[k]!.get)),
          f64x2.mul(
            one(below, above.get),
            k === 0 ? one(out, above.get) : f64x2.fromLowF32(stored[k - 1]!.get),
          ),
        ),
        one(inverses, place.get),
      ),
    ),
    ...joined[k]!.set(one(right, place.get)),
    ...stored[k]!.set(f64x2.toLowF32(previous[k]!.get)),
    ...v128.storeOne(i32.add(out.get, place.get), stored[k]!.get),
  ];
  f.body = rowByRow(f, height, row, pixel, true);
  return f;
}

function backwards(): FunctionBuilder {
  const f = new FunctionBuilder('backwards');
  const [out, right, below, inverses, height, row] = parameters(f, 6) as Seven;
  const next = vectors(f, rowsAtOnce);
  const pixel = (place: Local, k: number, stored: readonly Local[]): Code => [
    ...next[k]!.set(
      f64x2.add(
        one(out, place.get),
        f64x2.mul(
          f64x2.add(
            f64x2.mul(one(right, place.get), next[k]!.get),
            f64x2.mul(
              one(below, place.get),
              k === 0 ? one(out, i32.add(place.get, row.get)) : f64x2.fromLowF32(stored[k - 1]!.get),
            ),
          ),
          one(inverses, place.get),
        ),
      ),
    ),
    ...stored[k]!.set(f64x2.toLowF32(next[k]!.get)),
    ...v128.storeOne(i32.add(out.get, place.get), stored[k]!.get),
  ];
  f.body = rowByRow(f, height, row, pixel, false);
  return f;
}

/**
 * Visits all pixels, downwards from the first or upwards from the last, so that the neighbours behind come first: as long as there
 * are four rows, those together, each a step later than the one before. Nothing joins the end of a row to the beginning of the next.
 * @param pixel what is done at a place, in one of four chains; it stores the result, which the next chain needs a step later
 */
function rowByRow(
  f: FunctionBuilder,
  height: Local,
  row: Local,
  pixel: (place: Local, chain: number, stored: readonly Local[]) => Code,
  down: boolean,
): Code {
  const [y, step, place, four] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const starts = Array.from({ length: rowsAtOnce }, () => f.local('i32'));
  const stored = starts.map(() => f.local('v128'));
  const shift = down ? i32.add : i32.sub;
  /** `step` is how far the first row is. */
  const visit = (chains: readonly number[]) =>
    chains.flatMap((k) => [...place.set(shift(starts[k]!.get, step.get)), ...pixel(place, k, stored)]);
  const visitOnce = (chains: readonly number[]) => [
    ...visit(chains),
    ...step.set(i32.add(step.get, i32.const(4))),
  ];
  const move = (start: Local, rows: number) => start.set(shift(start.get, i32.mul(row.get, i32.const(rows))));
  const together = [
    ...starts
      .slice(1)
      .flatMap((start, k) => start.set(shift(starts[k]!.get, i32.sub(row.get, i32.const(4))))),
    ...step.set(i32.const(0)),
    ...visitOnce([0]),
    ...visitOnce([1, 0]),
    ...visitOnce([2, 1, 0]),
    ...forEach(step, i32.const(12), row.get, visit([3, 2, 1, 0]), 4),
    ...visitOnce([3, 2, 1]),
    ...visitOnce([3, 2]),
    ...visitOnce([3]),
    ...move(starts[0]!, rowsAtOnce),
    ...y.set(i32.add(y.get, i32.const(rowsAtOnce - 1))),
  ];
  const alone = [...forEach(step, i32.const(0), row.get, visit([0]), 4), ...move(starts[0]!, 1)];
  const end = i32.sub(i32.mul(height.get, row.get), i32.const(4));
  return [
    ...starts[0]!.set(down ? i32.const(0) : end),
    ...forEach(y, i32.const(0), height.get, [
      ...four.set(i32.atLeast(i32.sub(height.get, y.get), i32.const(rowsAtOnce))),
      ...when(four.get, together),
      ...when(i32.lessThan(four.get, i32.const(1)), alone),
    ]),
  ];
}

function direct(): FunctionBuilder {
  const f = new FunctionBuilder('direct');
  const [conditioned, direction, bytes] = parameters(f, 3) as Three;
  const carried = f.parameter('f64');
  const i = f.local('i32');
  const share = f.local('v128');
  f.body = [
    ...share.set(f64x2.splat(carried.get)),
    ...forEach(
      i,
      i32.const(0),
      bytes.get,
      storePair(
        direction,
        i.get,
        f64x2.add(pair(conditioned, i.get), f64x2.mul(share.get, pair(direction, i.get))),
      ),
      8,
    ),
  ];
  return f;
}

type Three = [Local, Local, Local];

function advance(): FunctionBuilder {
  const f = new FunctionBuilder('advance');
  const [product, residual, bytes] = parameters(f, 3) as Three;
  const length = f.parameter('f64');
  const i = f.local('i32');
  const [share, left, sum] = vectors(f, 3) as Three;
  f.body = [
    ...share.set(f64x2.splat(length.get)),
    ...forEach(
      i,
      i32.const(0),
      bytes.get,
      [
        ...left.set(f64x2.sub(pair(residual, i.get), f64x2.mul(share.get, pair(product, i.get)))),
        ...storePair(residual, i.get, left.get),
        ...addTo(sum, f64x2.mul(left.get, left.get)),
      ],
      8,
    ),
    ...leaveSum(sum),
  ];
  return f;
}

function dot(): FunctionBuilder {
  const f = new FunctionBuilder('dot');
  const [a, b, bytes] = parameters(f, 3) as Three;
  const i = f.local('i32');
  const sum = f.local('v128');
  f.body = [
    ...forEach(i, i32.const(0), bytes.get, addTo(sum, f64x2.mul(pair(a, i.get), pair(b, i.get))), 8),
    ...leaveSum(sum),
  ];
  return f;
}
