import { type EngineMessage, engineMessageSchema, type HostMessage } from '../control';
import type { EngineLauncher } from './launcher';

/** What a short-lived process answered, or why it did not. */
export type ShortLived<T> =
  | { readonly state: 'answered'; readonly answer: T }
  | { readonly state: 'ended'; readonly reason: string }
  | { readonly state: 'late' };

/**
 * One question to a process of its own, because what it does may end the process it is done in. Always resolves: a process
 * that dies or does not answer in time is an outcome too.
 * @param read the answer in a message; undefined for messages that are none
 */
export function askShortLived<T>(
  launch: EngineLauncher,
  question: HostMessage,
  read: (message: EngineMessage) => T | undefined,
  timeoutMilliseconds: number,
): Promise<ShortLived<T>> {
  return new Promise((resolve) => {
    const asked = launch('probe');
    const settle = (outcome: ShortLived<T>) => {
      clearTimeout(timer);
      resolve(outcome);
      asked.kill();
    };
    const timer = setTimeout(() => settle({ state: 'late' }), timeoutMilliseconds);
    asked.onMessage((message) => {
      const checked = engineMessageSchema.safeParse(message);
      const answer = checked.success ? read(checked.data) : undefined;
      if (answer !== undefined) settle({ state: 'answered', answer });
    });
    asked.onExit(({ reason }) => settle({ state: 'ended', reason }));
    asked.send(question);
  });
}
