import { basename } from 'node:path';
import type { TrialOutcome } from '../control';
import { unsuited } from '../own/problems';
import type { EngineLauncher } from './launcher';
import { askShortLived } from './shortLived';

/** Looks at a model file and runs it in a process of its own: a file of somebody's may do anything there. Always answers. */
export async function tryModel(
  launch: EngineLauncher,
  path: string,
  timeoutMilliseconds: number,
): Promise<TrialOutcome> {
  const outcome = await askShortLived(
    launch,
    { kind: 'runTrial', path },
    (message) => (message.kind === 'trialDone' ? message.outcome : undefined),
    timeoutMilliseconds,
  );
  if (outcome.state === 'answered') return outcome.answer;
  const why =
    outcome.state === 'late'
      ? `it did not finish a small picture within ${timeoutMilliseconds / 1000} seconds.`
      : `it ended the process it was tried in (${outcome.reason}).`;
  return { state: 'unsuited', problem: unsuited(basename(path), why).toData() };
}
