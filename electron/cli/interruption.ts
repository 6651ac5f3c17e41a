import { SidelightError } from '../contract/errors';
import { exitCodes } from './exitCodes';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * What Ctrl-C does. The first one aborts `signal`: the work stops between two tiles and the command ends in order.
 * The second one ends the engine and the process at once.
 */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly listener = () => void this.interrupt();

  /** @param endAtOnce ends whatever would outlive this process */
  constructor(
    private readonly endAtOnce: () => Promise<void>,
    private readonly remark: (sentence: string) => void,
  ) {
    for (const signal of signals) process.on(signal, this.listener);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** @throws SidelightError cancelled */
  check(): void {
    if (this.signal.aborted) throw cancelled();
  }

  /** Back to how signals are without us, so that the process can end. */
  release(): void {
    for (const signal of signals) process.off(signal, this.listener);
  }

  private async interrupt(): Promise<void> {
    if (!this.signal.aborted) {
      this.remark('Cancelling after this tile. Press Ctrl-C again to end at once.');
      this.controller.abort();
      return;
    }
    await this.endAtOnce().catch(() => undefined);
    process.exit(exitCodes.cancelled);
  }
}

const cancelled = () =>
  new SidelightError('cancelled', 'Cancelled.', 'Nothing was written; start it again when you like.');
