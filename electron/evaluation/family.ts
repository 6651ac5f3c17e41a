import type { DeviceChoice } from '../contract/devices';
import type { FilterDescription } from '../contract/filters';
import type { Engines } from './filterFiles';
import type { EvaluationReport } from './report';

/** An option of a family alone. */
export interface FamilyOption {
  /** Without the dashes: `scales`. */
  readonly name: string;
  readonly summary: string;
  /** It takes a list of these, all of them unless some are chosen; or a path; or, as a flag, nothing. */
  readonly values: readonly string[] | 'path' | 'flag';
}

export interface EvaluationRequest {
  /** The data to measure on. */
  readonly folder: string;
  /** By the option's name; every option of the family is there. A path or a flag that was not named is an empty list. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** All filters there are. */
  readonly filters: readonly FilterDescription[];
  /** Rows asked for by name, to be measured beside the baselines; null: the family's own. */
  readonly wanted: readonly string[] | null;
  readonly device: DeviceChoice;
  /** Where pictures go; null: none are made. */
  readonly pictures: string | null;
  readonly signal: AbortSignal;
  /** @param done share of the whole, 0…1 */
  onProgress(done: number, label: string): void;
}

/** One protocol behind `sidelight evaluate`. */
export interface EvaluationFamily {
  readonly id: string;
  readonly title: string;
  /** For the command line's help. */
  readonly summary: string;
  /** What the folder must hold, in a sentence. */
  readonly data: string;
  readonly options: readonly FamilyOption[];
  /** Rows beside the baselines unless others are asked for; those that no filter offers are left out. */
  readonly rows: readonly string[];
  /** @throws SidelightError what reading the data and running the filters throws; cancelled */
  evaluate(request: EvaluationRequest, access: Engines): Promise<EvaluationReport>;
}

/** What was chosen of an option's values, as the family writes them. */
export function chosen<T extends string | number>(
  request: EvaluationRequest,
  name: string,
  values: readonly T[],
): T[] {
  const wanted = request.options[name];
  return values.filter((value) => !wanted || wanted.includes(String(value)));
}
