import type { Step } from '../../contract/recipe';
import type { Filter } from '../../filters/filter';
import { scaledLengths } from '../../recipe/scaledLengths';
import type { RasterStore } from '../store';
import { type CheckedDocument, noiseOf } from './document';
import { reducedSize, wholeOf } from './geometry';
import { asGuidance, type GuidancePicture, type Pictures, type TargetPicture } from './pictures';

/**
 * A document's pictures for a chain of filters, on the result's grid reduced by 2^level (0: at full size).
 * @param leastFactor of the filter that sees the target: with less, it would see one far sharper than it knows
 */
export function picturesOf(
  document: CheckedDocument,
  level: number,
  leastFactor: number,
  store: RasterStore,
): Pictures {
  const size = reducedSize(document.size, level);
  const target = targetPicture(document, level, leastFactor, store);
  return {
    size,
    factor: { x: size.width / target.raster.width, y: size.height / target.raster.height },
    target,
    guidance: guidancePicture(document, level, store),
  };
}

/** The target keeps its own size until the factor would fall below what it is, or below the least one. */
function targetPicture(
  document: CheckedDocument,
  level: number,
  leastFactor: number,
  store: RasterStore,
): TargetPicture {
  const { target, factor, processing } = document;
  const { targetValues } = processing;
  const whole = Math.min(factor.x, factor.y);
  const kept = Math.min(whole, leastFactor);
  const targetLevel = Math.max(0, Math.ceil(Math.log2((kept * 2 ** level) / whole)));
  return {
    key: `${target.identity}/${targetLevel}`,
    raster: store.reduce(target, wholeOf(target.raster), targetLevel, targetValues),
    valueRange: target.knownRange ?? target.info.fullScale,
    noise: noiseOf(target, processing),
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
  return { key, read: async (region) => asGuidance(store.read(guidance, part, level, region)) };
}

/** For reduced pictures: lengths in pixels shrink with them, so that the preview looks like the result. */
export function shortenedLengths(level: number): (filter: Filter, step: Step) => Step['parameters'] {
  return (filter, step) => scaledLengths(filter.description, step.parameters, 2 ** -level);
}
