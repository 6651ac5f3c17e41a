import { baselines, type Contender, chooseContenders } from './contenders';
import type { EvaluationRequest } from './family';

export const unfiltered = 'unfiltered';

/** Where targets have the guidance's own size, enlarging by 1 leaves them as they are: its row is called that. */
export const sameSizeContenders = (request: EvaluationRequest, usual: readonly string[]): Contender[] =>
  chooseContenders(request.filters, usual, request.wanted).map((contender) =>
    contender.id === baselines[0] ? { ...contender, id: unfiltered } : contender,
  );
