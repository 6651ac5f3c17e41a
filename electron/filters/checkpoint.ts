import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Lets messages in, a cancel among them, before the next stretch of work blocks the thread.
 * @throws the signal's reason when it was aborted
 */
export async function checkpoint(signal: AbortSignal): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}
