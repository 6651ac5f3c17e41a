import type { DocumentInfo } from '../../contract/engine';
import type { Filter, FilterResources } from '../../filters/filter';
import { type CheckedDocument, stepsOf } from './document';

/**
 * The result's channels and kind of values: the target's, unless a step says otherwise. A blend has the channels of the
 * larger of its two pictures, and is no longer one of classes; nor is what a step makes of a network's classes.
 */
export function resultLike(
  checked: CheckedDocument,
  filterById: (id: string) => Filter,
  resources: FilterResources,
): Pick<DocumentInfo, 'channels' | 'values'> {
  const { target, processing } = checked;
  const kept = processing.targetValues;
  let like: Pick<DocumentInfo, 'channels' | 'values'> = { channels: target.info.channels, values: kept };
  for (const { step, filter, parameters, start } of stepsOf(checked, filterById)) {
    const given = filter.result?.(parameters, { ...start, ...resources }) ?? {};
    const channels = given.channels ?? like.channels;
    const isBlend = step.opacity < 1;
    like = {
      channels: isBlend && like.channels === 3 ? 3 : channels,
      values: isBlend ? kept : (given.values ?? kept),
    };
  }
  return like;
}
