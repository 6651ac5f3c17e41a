import type { Size } from '../contract/geometry';

/** Weights of a Gaussian at 0, 1, … 3σ; they need not sum to 1. */
const gaussian = (sigma: number) =>
  Float64Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, i) => Math.exp((-i * i) / (2 * sigma * sigma)));

/** Blurs pictures of one size with one Gaussian. Windows are clipped at the border and weigh 1 in all nevertheless. */
export class GaussianBlur {
  private readonly taps: Float64Array;
  private readonly alongRow: Float32Array;
  private readonly alongColumn: Float32Array;
  private readonly buffer: Float32Array;
  private readonly sums: Float64Array;

  /** @param sigma in pixels */
  constructor(
    private readonly size: Size,
    sigma: number,
  ) {
    this.taps = gaussian(sigma);
    this.alongRow = inverseTotals(size.width, this.taps);
    this.alongColumn = inverseTotals(size.height, this.taps);
    this.buffer = new Float32Array(size.width * size.height);
    this.sums = new Float64Array(size.width);
  }

  /** @param plane row by row; blurred in place */
  apply(plane: Float32Array): void {
    this.blurRows(plane);
    this.blurColumns(plane);
  }

  private blurRows(plane: Float32Array): void {
    const { width, height } = this.size;
    const { taps, buffer, alongRow, sums } = this;
    for (let y = 0; y < height; y += 1) {
      const start = y * width;
      for (let x = 0; x < width; x += 1) sums[x] = taps[0]! * plane[start + x]!;
      for (let tap = 1; tap < Math.min(taps.length, width); tap += 1) {
        const weight = taps[tap]!;
        for (let x = tap; x < width; x += 1) {
          sums[x]! += weight * plane[start + x - tap]!;
          sums[x - tap]! += weight * plane[start + x]!;
        }
      }
      for (let x = 0; x < width; x += 1) buffer[start + x] = sums[x]! * alongRow[x]!;
    }
  }

  private blurColumns(plane: Float32Array): void {
    const { width, height } = this.size;
    const { taps, buffer, alongColumn, sums } = this;
    for (let y = 0; y < height; y += 1) {
      sums.fill(0);
      for (let row = Math.max(0, y - taps.length + 1); row < Math.min(height, y + taps.length); row += 1) {
        const weight = taps[Math.abs(row - y)]!;
        const start = row * width;
        for (let x = 0; x < width; x += 1) sums[x]! += weight * buffer[start + x]!;
      }
      const scale = alongColumn[y]!;
      for (let x = 0; x < width; x += 1) plane[y * width + x] = sums[x]! * scale;
    }
  }
}

function inverseTotals(length: number, taps: Float64Array): Float32Array {
  return Float32Array.from({ length }, (_, at) => {
    let total = 0;
    for (let i = Math.max(0, at - taps.length + 1); i < Math.min(length, at + taps.length); i += 1) {
      total += taps[Math.abs(i - at)]!;
    }
    return 1 / total;
  });
}
