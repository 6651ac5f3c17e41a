import type { TargetValues } from '../../electron/contract/recipe';
import type { SourceInfo } from '../../electron/contract/sources';
import type { DocumentState } from './documentStore';

type Described = Pick<DocumentState, 'info' | 'work'>;

/** What is known of the result as of an opened file: like the target, with the channels that the steps give it. */
export const resultStored = ({ info }: Described, target: SourceInfo): SourceInfo =>
  info ? { ...target, channels: info.channels } : target;

/** What the result's values are: the target's kind, unless a step makes another of them. */
export const resultValues = ({ info, work }: Described): TargetValues =>
  info?.values ?? work.processing.targetValues;
