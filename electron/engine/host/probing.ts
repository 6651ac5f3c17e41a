import type { Device } from '../../contract/devices';
import type { ProbeOutcome } from '../control';
import type { EngineLauncher } from './launcher';
import { askShortLived } from './shortLived';

/**
 * Tries a device in a process of its own, because a faulty driver ends the process it is loaded into.
 * Always answers: a process that dies or does not answer in time is an outcome too.
 */
export async function probeDevice(
  launch: EngineLauncher,
  device: Device,
  modelsFolder: string,
  timeoutMilliseconds: number,
): Promise<ProbeOutcome> {
  const outcome = await askShortLived(
    launch,
    { kind: 'runProbe', device, modelsFolder },
    (message) => (message.kind === 'probeDone' ? message.outcome : undefined),
    timeoutMilliseconds,
  );
  if (outcome.state === 'answered') return outcome.answer;
  const detail =
    outcome.state === 'late'
      ? `It did not answer within ${timeoutMilliseconds / 1000} seconds.`
      : `Its driver ended the process (${outcome.reason}).`;
  return { state: 'failed', detail };
}
