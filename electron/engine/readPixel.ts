import type { PixelReading } from '../contract/engine';
import type { Rect } from '../contract/geometry';
import type { Raster } from '../raster/raster';
import { wholeOf } from './evaluate/geometry';
import type { Run } from './evaluate/run';
import { checkedOrNull, type LayerParts } from './layers';
import type { Source } from './store';

/**
 * The layers' values at one pixel of the result's grid, each in its own unit. Never computes anything: the result is
 * null until its tile has been computed for display. While the document cannot be evaluated, the guidance alone is read.
 */
export async function readPixel(x: number, y: number, parts: LayerParts, run: Run): Promise<PixelReading> {
  const document = checkedOrNull(parts);
  if (!document) return { guidance: valueIn(parts.sources.guidance, x, y), target: null, result: null };
  const { size, factor, guidanceRegion, target, guidance } = document;
  if (x >= size.width || y >= size.height) return { guidance: null, target: null, result: null };
  const result = await parts.evaluator.peek(document, x, y, run);
  return {
    guidance: guidanceRegion && valueIn(guidance, x + guidanceRegion.x, y + guidanceRegion.y),
    target: valueIn(target, Math.floor((x + 0.5) / factor.x), Math.floor((y + 0.5) / factor.y)),
    result: result && valuesAt(result, wholeOf(result), 0, 0),
  };
}

function valueIn(source: Source | null, x: number, y: number): number[] | null {
  return source && valuesAt(source.raster, wholeOf(source.raster), x, y);
}

function valuesAt(raster: Raster, { width, height }: Rect, x: number, y: number): number[] | null {
  if (x >= width || y >= height) return null;
  const pixel = y * width + x;
  if (raster.unknown?.[pixel]) return null;
  return Array.from(
    { length: raster.channels },
    (_, channel) => raster.data[channel * width * height + pixel]!,
  );
}
