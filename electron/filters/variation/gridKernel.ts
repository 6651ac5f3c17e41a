import type { Size } from '../../contract/geometry';

/** The planes of a system and of its solution, and what is done with them again and again. */
export interface GridKernel {
  readonly right: Float32Array;
  readonly below: Float32Array;
  /** The diagonal of W; null where that is 1. */
  readonly data: Float32Array | null;
  /** 1 / d of the factorisation (D + E) D⁻¹ (D + Eᵀ), E being the matrix below its diagonal. */
  readonly inverses: Float32Array;
  readonly residual: Float32Array;
  readonly conditioned: Float32Array;
  readonly direction: Float32Array;
  readonly product: Float32Array;
  /** product = (W + L) direction. @returns direction · product */
  multiply(): number;
  /** Solves (D + E) D⁻¹ (D + Eᵀ) conditioned = residual. @returns residual · conditioned */
  precondition(): number;
  /** direction = conditioned + carried · direction */
  direct(carried: number): void;
  /** residual = residual − length · product. @returns its square */
  advance(length: number): number;
}

/** For any size and any processor. */
export class PlainKernel implements GridKernel {
  readonly right: Float32Array;
  readonly below: Float32Array;
  readonly data: Float32Array | null;
  readonly inverses: Float32Array;
  readonly residual: Float32Array;
  readonly conditioned: Float32Array;
  readonly direction: Float32Array;
  readonly product: Float32Array;
  private readonly width: number;

  constructor({ width, height }: Size, weighted: boolean) {
    const plane = () => new Float32Array(width * height);
    this.width = width;
    this.right = plane();
    this.below = plane();
    this.data = weighted ? plane() : null;
    this.inverses = plane();
    this.residual = plane();
    this.conditioned = plane();
    this.direction = plane();
    this.product = plane();
  }

  multiply(): number {
    const { width, right, below, data, direction: x, product: out } = this;
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

  /** Once forwards, once backwards. */
  precondition(): number {
    const { width, right, below, inverses, residual: r, conditioned: out } = this;
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

  direct(carried: number): void {
    const { conditioned, direction } = this;
    for (let i = 0; i < direction.length; i += 1) direction[i] = conditioned[i]! + carried * direction[i]!;
  }

  advance(length: number): number {
    const { product, residual } = this;
    let squares = 0;
    for (let i = 0; i < residual.length; i += 1) {
      const left = residual[i]! - length * product[i]!;
      residual[i] = left;
      squares += left * left;
    }
    return squares;
  }
}
