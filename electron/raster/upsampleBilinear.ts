import type { Size } from '../contract/geometry';
import { linearPlaces } from './linearPlaces';

/**
 * A plane enlarged `factor` times along both axes by bilinear interpolation with half-pixel centres and replicated
 * edges (`align_corners=False`). A whole factor; 1 gives the plane itself.
 */
export function upsampleBilinear(plane: Float32Array, size: Size, factor: number): Float32Array {
  if (factor === 1) return plane;
  const width = size.width * factor;
  const height = size.height * factor;
  const columns = linearPlaces(0, width, width, size.width);
  const rows = linearPlaces(0, height, height, size.height);
  const wide = new Float32Array(width * size.height);
  for (let y = 0; y < size.height; y += 1) {
    const from = y * size.width;
    for (let x = 0; x < width; x += 1) {
      const low = plane[from + columns.low[x]!]!;
      wide[y * width + x] = low + columns.share[x]! * (plane[from + columns.high[x]!]! - low);
    }
  }
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const low = rows.low[y]! * width;
    const high = rows.high[y]! * width;
    const share = rows.share[y]!;
    for (let x = 0; x < width; x += 1) {
      out[y * width + x] = wide[low + x]! + share * (wide[high + x]! - wide[low + x]!);
    }
  }
  return out;
}
