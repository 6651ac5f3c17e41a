import type { Raster } from '../raster';

/** The mean over pixel (x, y)'s share of a picture that is reduced to `size`, from its definition. */
export function meanOver(
  raster: Raster,
  size: Pick<Raster, 'width' | 'height'>,
  x: number,
  y: number,
  channel: number,
): number {
  const overlap = (pixel: number, cell: number, extent: number) =>
    Math.max(0, Math.min(pixel + 1, (cell + 1) * extent) - Math.max(pixel, cell * extent));
  let [sum, area] = [0, 0];
  for (let v = 0; v < raster.height; v += 1)
    for (let u = 0; u < raster.width; u += 1) {
      const weight = overlap(u, x, raster.width / size.width) * overlap(v, y, raster.height / size.height);
      sum += weight * raster.data[(channel * raster.height + v) * raster.width + u]!;
      area += weight;
    }
  return sum / area;
}
