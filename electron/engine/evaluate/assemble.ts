import type { Rect } from '../../contract/geometry';
import { createRaster, type Raster } from '../../raster/raster';
import { intersection } from './tiling';

/** A region that is put together from pieces, each placed by its rectangle; what reaches beyond is left out. */
export class Assembly {
  private readonly data: Float32Array;
  private readonly alpha: Float32Array | null;

  /** @param like a raster of the kind that comes: channels, unit, full scale, profile */
  constructor(
    private readonly region: Rect,
    private readonly like: Raster,
  ) {
    const pixels = region.width * region.height;
    this.data = new Float32Array(pixels * like.channels);
    this.alpha = like.alpha && new Float32Array(pixels);
  }

  put(place: Rect, raster: Raster): void {
    const shared = intersection(place, this.region);
    if (!shared) return;
    const pixels = this.region.width * this.region.height;
    for (let channel = 0; channel < raster.channels; channel += 1) {
      const from = raster.data.subarray(channel * place.width * place.height);
      this.copy(from, place, this.data.subarray(channel * pixels), shared);
    }
    if (raster.alpha && this.alpha) this.copy(raster.alpha, place, this.alpha, shared);
  }

  finish(): Raster {
    const { width, height } = this.region;
    return createRaster({ ...this.like, width, height, data: this.data, alpha: this.alpha, unknown: null });
  }

  private copy(from: Float32Array, place: Rect, to: Float32Array, shared: Rect): void {
    const { region } = this;
    for (let y = shared.y; y < shared.y + shared.height; y += 1) {
      const start = (y - place.y) * place.width + shared.x - place.x;
      const target = (y - region.y) * region.width + shared.x - region.x;
      to.set(from.subarray(start, start + shared.width), target);
    }
  }
}

/** Pieces that cover `region`, put together; a single piece that is the region is returned as it is. */
export function assemble(region: Rect, pieces: readonly (readonly [Rect, Raster])[]): Raster {
  const [first] = pieces;
  if (!first) throw new RangeError('There is nothing to put together.');
  const [place, raster] = first;
  if (place.width === region.width && place.height === region.height && pieces.length === 1) return raster;
  const assembly = new Assembly(region, raster);
  for (const piece of pieces) assembly.put(...piece);
  return assembly.finish();
}
