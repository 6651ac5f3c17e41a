/** Longest that something which has arrived waits for the rest, in milliseconds. */
const patience = 80;

/**
 * When to draw parts that arrive one by one, while more is to come: not too often. Drawing takes as long as computing a
 * part that needs no filtering, and no longer for all parts than for one.
 */
export class ArrivalPace {
  private drawnAt = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly draw: () => void) {}

  arrived(): void {
    const wait = this.drawnAt + patience - performance.now();
    if (wait <= 0) this.draw();
    else this.timer ??= setTimeout(this.draw, wait);
  }

  /** Everything that has arrived so far was drawn, for whatever reason. */
  drawn(): void {
    this.stop();
    this.drawnAt = performance.now();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
