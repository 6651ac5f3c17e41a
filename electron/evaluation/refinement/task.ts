import type { ParameterValues } from '../../contract/filters';
import type { Case, Compared, Comparison, RunSettings, Subject } from '../comparison';
import type { Figure } from '../comparisonTables';
import type { Contender } from '../contenders';
import type { EvaluationRequest } from '../family';
import type { EngineAccess } from '../filterFiles';
import { taskSettings } from '../taskSettings';
import type { CoarseKind } from './coarse';

export interface CoarseCase extends Case {
  readonly kind: CoarseKind;
}

/** A kind of map that is refined: where the data is, what it is measured by, and how. */
export interface RefinementTask {
  readonly id: string;
  readonly title: string;
  /** Inside the folder of data. */
  readonly folder: string;
  /** The first one decides in the findings. */
  readonly figures: readonly [Figure, ...Figure[]];
  /** Runs the filters on the task's scenes. @param folder the task's own */
  compare(
    folder: string,
    sides: Pick<Comparison<CoarseCase, Subject>, 'cases' | 'contenders'>,
    request: EvaluationRequest,
    access: EngineAccess,
  ): Promise<Compared<CoarseCase>>;
}

/** What filters run with: the guided filter as the refinement's preset sets it, DAGF as its own preset for such maps does. */
export const settingsFor =
  (presets: { guidedFilter: string; dagf: string }, chosen: Readonly<Record<string, ParameterValues>>) =>
  (contender: Contender): RunSettings =>
    contender.filter.id === 'guided-filter'
      ? taskSettings(contender, presets.guidedFilter, {})
      : taskSettings(contender, presets.dagf, chosen);
