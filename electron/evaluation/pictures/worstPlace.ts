import type { Raster } from '../../raster/raster';
import type { ShownResult } from '../comparison';
import type { WorstPlace } from '../report';

/**
 * Where the mean error over a square window is largest, over all results: of equal places the first.
 * @param side of the window in pixels; cut to the picture
 * @returns null when no result has an error map
 */
export function worstPlace(results: readonly ShownResult[], side: number): WorstPlace | null {
  let worst: WorstPlace | null = null;
  for (const { row, error } of results) {
    if (!error) continue;
    const own = worstWindow(error, side);
    if (!worst || own.error > worst.error) worst = { row, ...own };
  }
  return worst;
}

function worstWindow(error: Raster, side: number): Omit<WorstPlace, 'row'> {
  const width = Math.min(side, error.width);
  const height = Math.min(side, error.height);
  const sums = integral(error);
  const stride = error.width + 1;
  const worst = { x: 0, y: 0, sum: -1 };
  for (let y = 0; y + height <= error.height; y += 1) {
    for (let x = 0; x + width <= error.width; x += 1) {
      const top = y * stride + x;
      const bottom = top + height * stride;
      const sum = sums[bottom + width]! - sums[bottom]! - sums[top + width]! + sums[top]!;
      if (sum > worst.sum) Object.assign(worst, { x, y, sum });
    }
  }
  return { region: { x: worst.x, y: worst.y, width, height }, error: worst.sum / (width * height) };
}

/** Sums of all samples above and to the left, one row and column larger than the raster; unknown pixels count 0. */
function integral({ data, unknown, width, height }: Raster): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      if (!unknown?.[y * width + x]) row += data[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return sums;
}
