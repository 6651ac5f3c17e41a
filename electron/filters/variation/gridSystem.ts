import { checkpoint } from '../checkpoint';

/**
 * The linear system (W + L) x = b on a grid of pixels, row by row, where L is the Laplacian of a graph that joins every
 * pixel to its right and its lower neighbour with the given weights, none below 0, and W is 1 or the diagonal given. The
 * matrix is symmetric, and no eigenvalue is below the least of W: with 1 the error of a solution is never larger than its
 * residual.
 */
export interface GridSystem {
  readonly width: number;
  readonly height: number;
  /** To the right neighbour; 0 in the last column. */
  readonly right: Float32Array;
  /** To the lower neighbour; 0 in the last row. */
  readonly below: Float32Array;
  /** The diagonal of W, above 0; 1 when left out. */
  readonly data?: Float32Array;
}

/** Root mean square of the residual at which a solution is good, for values of about 0…1. */
const tolerance = 1e-5;

/** Never needed: a thousand times what pictures take. */
const mostSteps = 20_000;

/** The vectors of the method, kept from one solution to the next. */
interface Work {
  readonly residual: Float32Array;
  readonly conditioned: Float32Array;
  readonly direction: Float32Array;
  readonly product: Float32Array;
}

/** Bytes a pixel that solving takes beside the system itself: four vectors and the preconditioner. */
export const solverBytesPerPixel = 5 * Float32Array.BYTES_PER_ELEMENT;

/**
 * Solves a system for several right sides by the method of conjugate gradients, preconditioned by a modified incomplete
 * Cholesky factorisation (Gustafsson 1978), which needs a small multiple of √√(condition) steps.
 */
export class GridSolver {
  private readonly inverses: Float32Array;
  private readonly work: Work;

  constructor(private readonly system: GridSystem) {
    const pixels = system.width * system.height;
    this.inverses = inversePivots(system);
    this.work = {
      residual: new Float32Array(pixels),
      conditioned: new Float32Array(pixels),
      direction: new Float32Array(pixels),
      product: new Float32Array(pixels),
    };
  }

  /**
   * @param b values of about 0…1
   * @param x where the search begins; holds the solution afterwards
   * @throws the signal's reason when it was aborted between two steps
   */
  async solve(b: Float32Array, x: Float32Array, signal: AbortSignal): Promise<void> {
    const { residual, conditioned, direction, product } = this.work;
    multiply(this.system, x, residual);
    let squares = 0;
    for (let i = 0; i < b.length; i += 1) {
      const left = b[i]! - residual[i]!;
      residual[i] = left;
      squares += left * left;
    }
    const enough = b.length * tolerance * tolerance;
    direction.fill(0);
    let before = Number.POSITIVE_INFINITY;
    for (let step = 0; squares > enough; step += 1) {
      if (step === mostSteps)
        throw new Error('The system has no solution: a weight is below 0 or not finite.');
      await checkpoint(signal);
      const now = precondition(this.system, this.inverses, residual, conditioned);
      const carried = now / before;
      for (let i = 0; i < direction.length; i += 1) direction[i] = conditioned[i]! + carried * direction[i]!;
      const length = now / multiply(this.system, direction, product);
      squares = advance(length, direction, product, x, residual);
      before = now;
    }
  }
}

/** One step along a direction. @returns the residual's square */
function advance(
  length: number,
  direction: Float32Array,
  product: Float32Array,
  x: Float32Array,
  residual: Float32Array,
): number {
  let squares = 0;
  for (let i = 0; i < x.length; i += 1) {
    x[i]! += length * direction[i]!;
    const left = residual[i]! - length * product[i]!;
    residual[i] = left;
    squares += left * left;
  }
  return squares;
}

/** out = (W + L) x. @returns x · out */
function multiply({ width, right, below, data }: GridSystem, x: Float32Array, out: Float32Array): number {
  const pixels = x.length;
  let energy = 0;
  let arriving = 0;
  for (let i = 0; i < pixels - 1; i += 1) {
    const value = x[i]!;
    const difference = value - x[i + 1]!;
    const leaving = right[i]! * difference;
    const own = data ? data[i]! * value : value;
    out[i] = own + leaving - arriving;
    energy += value * own + leaving * difference;
    arriving = leaving;
  }
  const last = x[pixels - 1]!;
  const own = data ? data[pixels - 1]! * last : last;
  out[pixels - 1] = own - arriving;
  energy += last * own;
  for (let i = 0, j = width; j < pixels; i += 1, j += 1) {
    const difference = x[i]! - x[j]!;
    const flow = below[i]! * difference;
    out[i]! += flow;
    out[j]! -= flow;
    energy += flow * difference;
  }
  return energy;
}

/** Share of the dropped fill-in that is taken from the pivots: all of it keeps row sums, but is less stable. */
const modification = 0.97;

/**
 * 1 / d of the factorisation (D + E) D⁻¹ (D + Eᵀ), E being the matrix below its diagonal. Every pivot stays positive: it
 * is at least the row’s own part of W plus what joins its pixel to later ones.
 */
function inversePivots({ width, right, below, data }: GridSystem): Float32Array {
  const inverses = new Float32Array(right.length);
  for (let i = 0; i < inverses.length; i += 1) {
    let pivot = (data?.[i] ?? 1) + right[i]! + below[i]!;
    if (i > 0) pivot += taken(right[i - 1]!, below[i - 1]!, inverses[i - 1]!);
    if (i >= width) pivot += taken(below[i - width]!, right[i - width]!, inverses[i - width]!);
    inverses[i] = 1 / pivot;
  }
  return inverses;
}

/** What an earlier neighbour adds to a pivot: its weight, less what eliminating it takes away. */
const taken = (weight: number, other: number, inverse: number) =>
  weight - weight * (weight + modification * other) * inverse;

/** Solves (D + E) D⁻¹ (D + Eᵀ) out = r: once forwards, once backwards. @returns r · out */
function precondition(
  system: GridSystem,
  inverses: Float32Array,
  r: Float32Array,
  out: Float32Array,
): number {
  const { width, right, below } = system;
  const pixels = r.length;
  let previous = 0;
  let joined = 0;
  for (let i = 0; i < width; i += 1) {
    previous = (r[i]! + joined * previous) * inverses[i]!;
    joined = right[i]!;
    out[i] = previous;
  }
  for (let i = width, above = 0; i < pixels; i += 1, above += 1) {
    previous = (r[i]! + joined * previous + below[above]! * out[above]!) * inverses[i]!;
    joined = right[i]!;
    out[i] = previous;
  }
  // Beyond the last pixel nothing is joined: its weight is 0.
  let next = 0;
  let product = 0;
  for (let i = pixels - 1; i >= pixels - width; i -= 1) {
    next = out[i]! + right[i]! * next * inverses[i]!;
    out[i] = next;
    product += r[i]! * next;
  }
  for (let i = pixels - width - 1; i >= 0; i -= 1) {
    next = out[i]! + (right[i]! * next + below[i]! * out[i + width]!) * inverses[i]!;
    out[i] = next;
    product += r[i]! * next;
  }
  return product;
}
