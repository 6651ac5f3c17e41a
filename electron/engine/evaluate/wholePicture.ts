import { SidelightError } from '../../contract/errors';
import type { Filter, TileNeeds } from '../../filters/filter';
import type { Pictures } from './pictures';
import type { TileCache } from './tileCache';
import { leastSide } from './tiling';

/** What the engine can spend on one filter. */
interface FilterMemory {
  /** Working memory, bytes. */
  readonly tileBytes: number;
  readonly cache: Pick<TileCache, 'capacity'>;
}

/**
 * A filter that needs the whole picture is refused one that is too large, instead of running out of memory half-way.
 * What it says it needs must fit into the working memory, and its result into half of the room for kept tiles, so that
 * it stays there while later steps fill the other half. Pictures no larger than the smallest tile are never refused.
 * @throws SidelightError image-too-large
 */
export function checkWholePicture(
  { filter, needs }: { readonly filter: Pick<Filter, 'description'>; readonly needs: TileNeeds },
  { size, target }: Pictures,
  { tileBytes, cache }: FilterMemory,
): void {
  if (needs.extent !== 'whole') return;
  const planes = target.raster.channels + (target.raster.alpha ? 1 : 0);
  const kept = planes * Float32Array.BYTES_PER_ELEMENT;
  const affordable = Math.floor(Math.min(tileBytes / needs.bytesPerPixel, cache.capacity / 2 / kept));
  const limit = Math.max(leastSide ** 2, affordable);
  const pixels = size.width * size.height;
  if (pixels <= limit) return;
  const megapixels = (count: number) => (count / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });
  throw new SidelightError(
    'image-too-large',
    `“${filter.description.title}” needs the whole picture in memory: at most ${megapixels(limit)} megapixels, and this one has ${megapixels(pixels)}.`,
    'Reduce the picture, or choose a filter that works in tiles. Views that are zoomed out are computed on a smaller copy.',
    { width: size.width, height: size.height, limit },
  );
}
