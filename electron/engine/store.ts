import type { Range, Rect } from '../contract/geometry';
import type { TargetValues } from '../contract/recipe';
import type { SourceInfo } from '../contract/sources';
import { cropRaster } from '../raster/crop';
import type { Raster } from '../raster/raster';
import { reduceBox } from '../raster/reduceBox';
import { reduceByPicking } from '../raster/reduceByPicking';
import { bytesOf } from './evaluate/tileCache';

/** An opened file in full precision. */
export interface Source {
  /** Differs for every opening, also of the same file: names the content. */
  readonly identity: string;
  readonly path: string;
  readonly info: SourceInfo;
  /** Unknown pixels are filled from the nearest known one, and marked. */
  readonly raster: Raster;
  /** Extent of the known values; null when no pixel is known. */
  readonly knownRange: Range | null;
  /** Estimated standard deviation of a target's noise as a share of the known values' extent; 0 in other roles. */
  readonly noise: number;
}

/** The pixels an engine holds for its clients, and how many bytes they are. */
export class RasterStore {
  private readonly sources = new Set<Source>();
  private reduced = new WeakMap<Source, Map<string, Raster>>();
  private reducedBytes = 0;

  add(source: Source): void {
    this.sources.add(source);
  }

  remove(source: Source): void {
    this.sources.delete(source);
    for (const raster of this.reduced.get(source)?.values() ?? []) this.reducedBytes -= bytesOf(raster);
    this.reduced.delete(source);
  }

  get bytes(): number {
    let bytes = this.reducedBytes;
    for (const source of this.sources) bytes += bytesOf(source.raster);
    return bytes;
  }

  /** `region` of a part of a source at 1/2^level: 0 reads the source itself, other levels are computed once. */
  read(source: Source, part: Rect, level: number, region: Rect, values: TargetValues = 'continuous'): Raster {
    if (level > 0) return cropRaster(this.reduce(source, part, level, values), region);
    return cropRaster(source.raster, { ...region, x: part.x + region.x, y: part.y + region.y });
  }

  /** A part of a source at 1/2^level, computed once. Classes are picked, not averaged. */
  reduce(source: Source, part: Rect, level: number, values: TargetValues): Raster {
    if (level === 0) return cropRaster(source.raster, part);
    const key = `${part.x},${part.y},${part.width}x${part.height}/${level}/${values}`;
    const levels = this.reduced.get(source) ?? new Map<string, Raster>();
    this.reduced.set(source, levels);
    const known = levels.get(key);
    if (known) return known;
    const raster = reduceValues(cropRaster(source.raster, part), level, values);
    if (this.sources.has(source)) {
      levels.set(key, raster);
      this.reducedBytes += bytesOf(raster);
    }
    return raster;
  }
}

/** A picture at 1/2^level: the means of its values, or the middle ones of classes. */
export const reduceValues = (raster: Raster, level: number, values: TargetValues): Raster =>
  values === 'classes' ? reduceByPicking(raster, level) : reduceBox(raster, level);
