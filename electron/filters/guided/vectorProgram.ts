import {
  assemble,
  type Code,
  FunctionBuilder,
  f64,
  f64x2,
  forEach,
  i32,
  type Local,
  v128,
  when,
} from '../wasm/assembler';

/** Bytes a pixel: r, g, b and target as float32. */
export const inputBytes = 16;
/** Bytes a pixel: seven pairs of float64 column sums, in the order of `sumPairs`. */
export const sumBytes = 112;
/** Bytes a pixel: three slopes and the intercept as float32. */
export const coefficientBytes = 16;
/** Bytes a pixel: the same as float64. */
export const meanBytes = 32;

/**
 * The coloured guided filter in WebAssembly with 128-bit vectors: the same sums and formulas as `colourKernel` and
 * `CoefficientWindow`, two quantities at a time. All addresses are bytes in the imported memory.
 *
 * - `addRow(row, zeros, sums, width)`
 * - `step(entering, leaving, sums, coefficients, columns, width, radius, rows, epsilon)` moves the column sums down by
 *   a row, solves every window, puts the result in place of the `coefficients` of the row that leaves the second
 *   window, and keeps `columns`, the column sums of coefficients, up to date.
 * - `means(columns, means, width, radius, rows)`: the second box filter along a row.
 */
export const assembleColourProgram = () => assemble([addRow(), step(), means()]);

/** r and g, b and p of one pixel of an input row as two pairs of float64. */
interface Pixel {
  readonly rg: Local;
  readonly bp: Local;
}

const lowHalves = (a: Code, b: Code) => v128.halves(a, b, 0, 2);
const highHalves = (a: Code, b: Code) => v128.halves(a, b, 1, 3);
const twiceLow = (a: Code) => v128.halves(a, a, 0, 0);
const twiceHigh = (a: Code) => v128.halves(a, a, 1, 1);
const highToLow = (a: Code) => v128.halves(a, a, 1, 0);
const at = (base: Local, index: Local, bytes: number) =>
  i32.add(base.get, i32.mul(index.get, i32.const(bytes)));

/** The seven pairs that are summed: (r, g) (b, p) (rr, gg) (bb, pp) (rb, gb) (rp, gp) (rg, bp). */
function sumPairs({ rg, bp }: Pixel): Code[] {
  return [rg.get, bp.get, ...productPairs(rg.get, bp.get)];
}

function productPairs(rg: Code, bp: Code): Code[] {
  return [
    f64x2.mul(rg, rg),
    f64x2.mul(bp, bp),
    f64x2.mul(rg, twiceLow(bp)),
    f64x2.mul(rg, twiceHigh(bp)),
    f64x2.mul(lowHalves(rg, bp), highHalves(rg, bp)),
  ];
}

/** Moves the sums of one column down: the entering pixel comes in, the leaving one goes; `use` sees each new pair. */
function moveColumn(
  f: FunctionBuilder,
  rows: { entering: Local; leaving: Local; sums: Local },
  column: Local,
  use: (pair: Local, index: number) => Code,
): Code {
  const raw = f.local('v128');
  const place = f.local('i32');
  const pair = f.local('v128');
  const load = (row: Local): { code: Code; pixel: Pixel } => {
    const pixel = { rg: f.local('v128'), bp: f.local('v128') };
    const code = [
      ...raw.set(v128.load(at(row, column, inputBytes))),
      ...pixel.rg.set(f64x2.fromLowF32(raw.get)),
      ...pixel.bp.set(f64x2.fromLowF32(highToLow(raw.get))),
    ];
    return { code, pixel };
  };
  const entering = load(rows.entering);
  const leaving = load(rows.leaving);
  const gone = sumPairs(leaving.pixel);
  return [
    ...entering.code,
    ...leaving.code,
    ...place.set(at(rows.sums, column, sumBytes)),
    ...sumPairs(entering.pixel).flatMap((come, k) => [
      ...pair.set(f64x2.add(v128.load(place.get, 16 * k), f64x2.sub(come, gone[k]!))),
      ...v128.store(place.get, pair.get, 16 * k),
      ...use(pair, k),
    ]),
  ];
}

function addRow(): FunctionBuilder {
  const f = new FunctionBuilder('addRow');
  const [entering, leaving, sums, width] = [0, 1, 2, 3].map(() => f.parameter('i32')) as Four;
  const x = f.local('i32');
  f.body = forEach(
    x,
    i32.const(0),
    width.get,
    moveColumn(f, { entering, leaving, sums }, x, () => []),
  );
  return f;
}

type Four = [Local, Local, Local, Local];

function step(): FunctionBuilder {
  const f = new FunctionBuilder('step');
  const [entering, leaving, sums, coefficients] = [0, 1, 2, 3].map(() => f.parameter('i32')) as Four;
  const columns = f.parameter('i32');
  const width = f.parameter('i32');
  const radius = f.parameter('i32');
  const rows = f.parameter('f64');
  const epsilon = f.parameter('f64');
  const totals = Array.from({ length: 7 }, () => f.local('v128'));
  const place = f.local('i32');
  const enter = (column: Local) =>
    moveColumn(f, { entering, leaving, sums }, column, (pair, k) =>
      totals[k]!.set(f64x2.add(totals[k]!.get, pair.get)),
    );
  const leave = (column: Local) => [
    ...place.set(at(sums, column, sumBytes)),
    ...totals.flatMap((total, k) => total.set(f64x2.sub(total.get, v128.load(place.get, 16 * k)))),
  ];
  f.body = alongRow(f, width, radius, enter, leave, (x, count) =>
    solveWindow(f, totals, x, f64.mul(rows.get, f64.fromInteger(count.get)), epsilon, coefficients, columns),
  );
  return f;
}

/** A window running along a row: `body` sees every pixel with the number of columns its window has in the picture. */
function alongRow(
  f: FunctionBuilder,
  width: Local,
  radius: Local,
  enter: (column: Local) => Code,
  leave: (column: Local) => Code,
  body: (x: Local, count: Local) => Code,
): Code {
  const x = f.local('i32');
  const count = f.local('i32');
  const column = f.local('i32');
  const changeCount = (by: number) => count.set(i32.add(count.get, i32.const(by)));
  return [
    ...forEach(x, i32.sub(i32.const(0), radius.get), width.get, [
      ...column.set(i32.add(x.get, radius.get)),
      ...when(i32.lessThan(column.get, width.get), [...enter(column), ...changeCount(1)]),
      ...when(i32.atLeast(x.get, i32.const(0)), [
        ...column.set(i32.sub(i32.sub(x.get, radius.get), i32.const(1))),
        ...when(i32.atLeast(column.get, i32.const(0)), [...leave(column), ...changeCount(-1)]),
        ...body(x, count),
      ]),
    ]),
  ];
}

/** Eqs. 19 and 20 from the sums of one window of n pixels; covariances times n², which saves the divisions. */
function solveWindow(
  f: FunctionBuilder,
  totals: readonly Local[],
  x: Local,
  pixels: Code,
  epsilon: Local,
  coefficients: Local,
  columns: Local,
): Code {
  const n = f.local('f64');
  const nn = f.local('v128');
  const ridge = f.local('v128');
  const [rg, bp] = totals as [Local, Local];
  const means = productPairs(rg.get, bp.get);
  const covariances = means.map(() => f.local('v128'));
  const scaled = means.map((product, k) =>
    covariances[k]!.set(f64x2.sub(f64x2.mul(nn.get, totals[k + 2]!.get), product)),
  );
  const scalar = (value: Code) => {
    const local = f.local('f64');
    return { get: local.get, code: local.set(value) };
  };
  const [squares, squareB, withB, withP, mixed] = covariances as [Local, Local, Local, Local, Local];
  const rr = scalar(f64x2.lane(squares.get, 0));
  const gg = scalar(f64x2.lane(squares.get, 1));
  const bb = scalar(f64x2.lane(squareB.get, 0));
  const rb = scalar(f64x2.lane(withB.get, 0));
  const gb = scalar(f64x2.lane(withB.get, 1));
  const rp = scalar(f64x2.lane(withP.get, 0));
  const gp = scalar(f64x2.lane(withP.get, 1));
  const rgCovariance = scalar(f64x2.lane(mixed.get, 0));
  const bpCovariance = scalar(f64x2.lane(mixed.get, 1));
  const minor = (a: Code, b: Code, c: Code, d: Code) => scalar(f64.sub(f64.mul(a, b), f64.mul(c, d)));
  const rgValue = rgCovariance.get;
  const cRR = minor(gg.get, bb.get, gb.get, gb.get);
  const cRG = minor(gb.get, rb.get, rgValue, bb.get);
  const cRB = minor(rgValue, gb.get, gg.get, rb.get);
  const cGG = minor(rr.get, bb.get, rb.get, rb.get);
  const cGB = minor(rb.get, rgValue, rr.get, gb.get);
  const cBB = minor(rr.get, gg.get, rgValue, rgValue);
  const dot = (a: Code, b: Code, c: Code, d: Code, e: Code, g: Code) =>
    f64.add(f64.add(f64.mul(a, b), f64.mul(c, d)), f64.mul(e, g));
  const inverse = scalar(f64.div(f64.const(1), dot(rr.get, cRR.get, rgValue, cRG.get, rb.get, cRB.get)));
  const slope = (a: Code, b: Code, c: Code) =>
    scalar(f64.mul(dot(a, rp.get, b, gp.get, c, bpCovariance.get), inverse.get));
  const aR = slope(cRR.get, cRG.get, cRB.get);
  const aG = slope(cRG.get, cGG.get, cGB.get);
  const aB = slope(cRB.get, cGB.get, cBB.get);
  const [sR, sG] = [f64x2.lane(rg.get, 0), f64x2.lane(rg.get, 1)];
  const [sB, sP] = [f64x2.lane(bp.get, 0), f64x2.lane(bp.get, 1)];
  const intercept = scalar(f64.div(f64.sub(sP, dot(aR.get, sR, aG.get, sG, aB.get, sB)), n.get));
  const inOrder = [rr, gg, bb, rb, gb, rp, gp, rgCovariance, bpCovariance]
    .concat([cRR, cRG, cRB, cGG, cGB, cBB, inverse, aR, aG, aB, intercept])
    .flatMap(({ code }) => code);
  return [
    ...n.set(pixels),
    ...nn.set(f64x2.splat(n.get)),
    ...ridge.set(f64x2.splat(f64.mul(f64.mul(n.get, n.get), epsilon.get))),
    ...scaled.flat(),
    ...squares.set(f64x2.add(squares.get, ridge.get)),
    ...squareB.set(f64x2.add(squareB.get, ridge.get)),
    ...inOrder,
    ...exchange(f, x, f64x2.of(aR.get, aG.get), f64x2.of(aB.get, intercept.get), coefficients, columns),
  ];
}

/** Puts a pixel's coefficients in the place of those that leave the second window, and moves its column sums. */
function exchange(
  f: FunctionBuilder,
  x: Local,
  first: Code,
  second: Code,
  coefficients: Local,
  columns: Local,
): Code {
  const slot = f.local('i32');
  const column = f.local('i32');
  const old = f.local('v128');
  const fresh = f.local('v128');
  const move = (half: (value: Code) => Code, offset: number) =>
    v128.store(
      column.get,
      f64x2.add(
        v128.load(column.get, offset),
        f64x2.sub(f64x2.fromLowF32(half(fresh.get)), f64x2.fromLowF32(half(old.get))),
      ),
      offset,
    );
  return [
    ...slot.set(at(coefficients, x, coefficientBytes)),
    ...column.set(at(columns, x, meanBytes)),
    ...old.set(v128.load(slot.get)),
    // Rounded to float32 before it is summed: what leaves later is exactly what came.
    ...fresh.set(lowHalves(f64x2.toLowF32(first), f64x2.toLowF32(second))),
    ...v128.store(slot.get, fresh.get),
    ...move((value) => value, 0),
    ...move(highToLow, 16),
  ];
}

function means(): FunctionBuilder {
  const f = new FunctionBuilder('means');
  const [columns, out, width, radius] = [0, 1, 2, 3].map(() => f.parameter('i32')) as Four;
  const rows = f.parameter('f64');
  const totals = [f.local('v128'), f.local('v128')];
  const place = f.local('i32');
  const share = f.local('v128');
  const change = (by: typeof f64x2.add) => (column: Local) => [
    ...place.set(at(columns, column, meanBytes)),
    ...totals.flatMap((total, k) => total.set(by(total.get, v128.load(place.get, 16 * k)))),
  ];
  f.body = alongRow(f, width, radius, change(f64x2.add), change(f64x2.sub), (x, count) => [
    ...share.set(f64x2.splat(f64.div(f64.const(1), f64.mul(rows.get, f64.fromInteger(count.get))))),
    ...place.set(at(out, x, meanBytes)),
    ...totals.flatMap((total, k) => v128.store(place.get, f64x2.mul(total.get, share.get), 16 * k)),
  ]);
  return f;
}
