import { SidelightError } from '../contract/errors';
import { exitCodes } from './exitCodes';

/** How long an ended engine's calls may take to be given up before the process ends anyway. */
const graceMilliseconds = 1500;

/**
 * What Ctrl-C does. The first one aborts `signal`: the work stops between two tiles and the command ends in order.
 * The second one, and any other signal to end, ends the engine at once: what waits for it is given up.
 */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly onInterrupt = () => (this.signal.aborted ? this.endAtOnce() : this.endSoftly());
  private readonly onEnd = () => this.endAtOnce();

  constructor(
    private readonly endEngine: () => Promise<void>,
    private readonly remark: (sentence: string) => void,
  ) {
    process.on('SIGINT', this.onInterrupt);
    process.on('SIGTERM', this.onEnd);
    process.on('SIGHUP', this.onEnd);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** @throws SidelightError cancelled */
  check(): void {
    if (this.signal.aborted) throw cancelled();
  }

  /** Back to how signals are without us. */
  release(): void {
    process.off('SIGINT', this.onInterrupt);
    process.off('SIGTERM', this.onEnd);
    process.off('SIGHUP', this.onEnd);
  }

  private endSoftly(): void {
    this.remark('Cancelling after this tile. Press Ctrl-C again to end at once.');
    this.controller.abort();
  }

  private endAtOnce(): void {
    this.controller.abort();
    setTimeout(() => process.exit(exitCodes.cancelled), graceMilliseconds).unref();
    this.endEngine().catch(() => process.exit(exitCodes.cancelled));
  }
}

const cancelled = () =>
  new SidelightError('cancelled', 'Cancelled.', 'Nothing was written; start it again when you like.');
