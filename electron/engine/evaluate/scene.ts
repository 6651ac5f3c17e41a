import type { Rect } from '../../contract/geometry';
import type { Step } from '../../contract/recipe';
import type { Filter } from '../../filters/filter';
import { createRaster, type Raster } from '../../raster/raster';
import { toUnitScale } from '../../raster/unitScale';
import type { RasterStore } from '../store';
import type { CheckedDocument } from './document';
import { reducedSize, sizeOf, wholeOf } from './geometry';
import type { GuidancePicture, Pictures, TargetPicture } from './pictures';

/** A document's pictures for a chain of filters, on the result's grid reduced by 2^level (0: at full size). */
export function picturesOf(document: CheckedDocument, level: number, store: RasterStore): Pictures {
  const size = reducedSize(document.size, level);
  const target = targetPicture(document, level, store);
  return {
    size,
    factor: { x: size.width / target.raster.width, y: size.height / target.raster.height },
    target,
    guidance: guidancePicture(document, level, store),
  };
}

/** The least factor that networks are trained for: with less, they see a target far sharper than they know. */
const leastFactor = 4;

/** The target keeps its own size until the factor would fall below what it is, or below the least one. */
function targetPicture(document: CheckedDocument, level: number, store: RasterStore): TargetPicture {
  const { target, factor } = document;
  const whole = Math.min(factor.x, factor.y);
  const kept = Math.min(whole, leastFactor);
  const targetLevel = Math.max(0, Math.ceil(Math.log2((kept * 2 ** level) / whole)));
  return {
    key: `${target.identity}/${targetLevel}`,
    raster: store.reduce(target, wholeOf(target.raster), targetLevel),
    valueRange: target.knownRange ?? target.info.fullScale,
  };
}

function guidancePicture(
  document: CheckedDocument,
  level: number,
  store: RasterStore,
): GuidancePicture | null {
  const { guidance, guidanceRegion: part } = document;
  if (!guidance || !part) return null;
  const key = `${guidance.identity}/${part.x},${part.y},${part.width}x${part.height}/${level}`;
  const read = (region: Rect) => toUnitScale(withoutMasks(store.read(guidance, part, level, region)));
  return { key, size: reducedSize(sizeOf(part), level), read };
}

/** Filters look at the guidance's values alone. */
const withoutMasks = (raster: Raster) => createRaster({ ...raster, alpha: null, unknown: null });

/** For reduced pictures: lengths in pixels shrink with them, so that the preview looks like the result. */
export function shortenedLengths(level: number): (filter: Filter, step: Step) => Step['parameters'] {
  return (filter, step) => {
    const adapted = { ...step.parameters };
    for (const parameter of filter.description.parameters) {
      const value = adapted[parameter.name];
      if (parameter.kind !== 'number' || parameter.unit !== 'px' || typeof value !== 'number') continue;
      const shorter = value / 2 ** level;
      const allowed = Math.min(parameter.max, Math.max(parameter.min, shorter));
      adapted[parameter.name] = parameter.integer ? Math.max(parameter.min, Math.round(allowed)) : allowed;
    }
    return adapted;
  };
}
