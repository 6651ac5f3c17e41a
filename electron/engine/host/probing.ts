import type { Device } from '../../contract/devices';
import { engineMessageSchema, type HostMessage, type ProbeOutcome } from '../control';
import type { EngineLauncher } from './launcher';

/**
 * Tries a device in a process of its own, because a faulty driver ends the process it is loaded into.
 * Always answers: a process that dies or does not answer in time is an outcome too.
 */
export function probeDevice(
  launch: EngineLauncher,
  device: Device,
  modelsFolder: string,
  timeoutMilliseconds: number,
): Promise<ProbeOutcome> {
  return new Promise((resolve) => {
    const probe = launch('probe');
    const answer = (outcome: ProbeOutcome) => {
      clearTimeout(timer);
      resolve(outcome);
      probe.kill();
    };
    const timer = setTimeout(
      () =>
        answer({
          state: 'failed',
          detail: `It did not answer within ${timeoutMilliseconds / 1000} seconds.`,
        }),
      timeoutMilliseconds,
    );
    probe.onMessage((message) => {
      const checked = engineMessageSchema.safeParse(message);
      if (checked.success && checked.data.kind === 'probeDone') answer(checked.data.outcome);
    });
    probe.onExit((exit) =>
      answer({ state: 'failed', detail: `Its driver ended the process (${exit.reason}).` }),
    );
    probe.send({ kind: 'runProbe', device, modelsFolder } satisfies HostMessage);
  });
}
