import type { DocumentInfo } from '../../contract/engine';
import type { Filter, FilterResources } from '../../filters/filter';
import { type CheckedDocument, isEnabled, stepsOf } from './document';
import { onResultGrid } from './geometry';
import { resultLike } from './resultLike';

/** What the document evaluates to, and what the user should know before it does. */
export function describeDocument(
  checked: CheckedDocument,
  filterById: (id: string) => Filter,
  resources: FilterResources,
): DocumentInfo {
  const { size, factor, guidanceRegion, target } = checked;
  return {
    size,
    factor,
    guidanceRegion,
    ...resultLike(checked, filterById, resources),
    unit: target.info.unit,
    fullScale: target.info.fullScale,
    notices: [...shapeNotices(checked), ...stepNotices(checked, filterById, resources)],
  };
}

function shapeNotices({ target, guidance, guidanceRegion, factor, processing }: CheckedDocument): string[] {
  const notices: string[] = [];
  if (target.knownRange && target.knownRange.min === target.knownRange.max)
    notices.push('All known pixels of the target have the same value: filtering cannot change it.');
  if (!guidance || !guidanceRegion) return notices;
  const { width, height } = guidance.info.size;
  if (guidanceRegion.width < width || guidanceRegion.height < height)
    notices.push(
      `Only the middle of the guidance is used: ${guidanceRegion.width} × ${guidanceRegion.height} of ${width} × ${height}.`,
    );
  else if (processing.fit === 'stretch' && Math.abs(factor.x / factor.y - 1) > 0.05)
    notices.push('The target is stretched to the shape of the guidance.');
  const steps = processing.steps.filter(isEnabled);
  if (steps.length > 0 && steps.every((step) => step.guidance === 'input'))
    notices.push('The guidance is not looked at: the target guides itself.');
  return notices;
}

function stepNotices(
  checked: CheckedDocument,
  filterById: (id: string) => Filter,
  resources: FilterResources,
): string[] {
  const notices = new Set<string>();
  for (const { step, filter, parameters, start } of stepsOf(checked, filterById)) {
    for (const known of step.iterations > 1 ? [start, onResultGrid] : [start]) {
      const context = { ...known, ...resources };
      // Asked for its errors too: a missing model is told here and not first when pixels are wanted.
      filter.tileNeeds(parameters, context);
      for (const notice of filter.notices?.(parameters, context) ?? []) notices.add(notice);
    }
  }
  return [...notices];
}
