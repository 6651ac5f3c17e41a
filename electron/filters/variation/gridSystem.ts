import type { Size } from '../../contract/geometry';
import { checkpoint } from '../checkpoint';
import { type GridKernel, PlainKernel } from './gridKernel';
import { vectorKernel } from './vectorKernel';

/** Root mean square of the residual at which a solution is good, for values of about 0…1. */
const tolerance = 1e-5;

/** Never needed: a thousand times what pictures take. */
const mostSteps = 20_000;

/** Bytes a pixel that solving takes beside the system itself: four vectors and the preconditioner. */
export const solverBytesPerPixel = 5 * Float32Array.BYTES_PER_ELEMENT;

/**
 * The linear system (W + L) x = b on a grid of pixels, row by row, where L is the Laplacian of a graph that joins every
 * pixel to its right and its lower neighbour with the given weights, none below 0, and W is 1 or the diagonal given. The
 * matrix is symmetric, and no eigenvalue is below the least of W: with 1 the error of a solution is never larger than its
 * residual.
 *
 * It is solved for several right sides by the method of conjugate gradients, preconditioned by a modified incomplete
 * Cholesky factorisation (Gustafsson 1978), which needs a small multiple of √√(condition) steps. Weights are written after it
 * is made, and not changed once it has been solved.
 */
export class GridSystem {
  /** To the right neighbour; 0 in the last column, and at first. */
  readonly right: Float32Array;
  /** To the lower neighbour; 0 in the last row, and at first. */
  readonly below: Float32Array;
  /** The diagonal of W, to be above 0; null where it is 1. */
  readonly data: Float32Array | null;
  private factorised = false;

  constructor(
    private readonly size: Size,
    weighted = false,
    private readonly kernel: GridKernel = vectorKernel(size, weighted) ?? new PlainKernel(size, weighted),
  ) {
    this.right = kernel.right;
    this.below = kernel.below;
    this.data = kernel.data;
  }

  /**
   * @param b values of about 0…1
   * @param x where the search begins; holds the solution afterwards
   * @throws the signal's reason when it was aborted between two steps
   */
  async solve(b: Float32Array, x: Float32Array, signal: AbortSignal): Promise<void> {
    const { kernel } = this;
    if (!this.factorised) findInversePivots(this.size, kernel);
    this.factorised = true;
    let squares = startAt(x, b, kernel);
    const enough = b.length * tolerance * tolerance;
    let before = Number.POSITIVE_INFINITY;
    for (let step = 0; squares > enough; step += 1) {
      if (step === mostSteps)
        throw new Error('The system has no solution: a weight is below 0 or not finite.');
      await checkpoint(signal);
      const now = kernel.precondition();
      kernel.direct(now / before);
      const length = now / kernel.multiply();
      addTimes(x, length, kernel.direction);
      squares = kernel.advance(length);
      before = now;
    }
  }
}

/** @returns the residual's square */
function startAt(x: Float32Array, b: Float32Array, kernel: GridKernel): number {
  const { residual, direction, product } = kernel;
  direction.set(x);
  kernel.multiply();
  direction.fill(0);
  let squares = 0;
  for (let i = 0; i < b.length; i += 1) {
    const left = b[i]! - product[i]!;
    residual[i] = left;
    squares += left * left;
  }
  return squares;
}

function addTimes(x: Float32Array, length: number, direction: Float32Array): void {
  for (let i = 0; i < x.length; i += 1) x[i]! += length * direction[i]!;
}

/** Share of the dropped fill-in that is taken from the pivots: all of it keeps row sums, but is less stable. */
const modification = 0.97;

/** Every pivot stays positive: it is at least the row’s own part of W plus what joins its pixel to later ones. */
function findInversePivots({ width }: Size, { right, below, data, inverses }: GridKernel): void {
  for (let i = 0; i < inverses.length; i += 1) {
    let pivot = (data ? data[i]! : 1) + right[i]! + below[i]!;
    if (i > 0) pivot += taken(right[i - 1]!, below[i - 1]!, inverses[i - 1]!);
    if (i >= width) pivot += taken(below[i - width]!, right[i - width]!, inverses[i - width]!);
    inverses[i] = 1 / pivot;
  }
}

/** What an earlier neighbour adds to a pivot: its weight, less what eliminating it takes away. */
const taken = (weight: number, other: number, inverse: number) =>
  weight - weight * (weight + modification * other) * inverse;
