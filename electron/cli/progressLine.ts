interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number;
}

const sparseStep = 0.25;
/** Where lines stay, work that is done sooner is not worth any. */
const quickMilliseconds = 1000;
const redrawMilliseconds = 80;
const toLineStart = '\r\u001b[K';

/** Progress as one line that redraws itself on a terminal, and as a line per quarter elsewhere. */
export class ProgressLine {
  private shown = false;
  private lastDraw = Number.NEGATIVE_INFINITY;
  private lastLabel = '';
  private lastQuarter = -1;
  private begun: number | null = null;

  constructor(
    private readonly stream: ProgressStream,
    private readonly now: () => number = Date.now,
  ) {}

  show(label: string, done: number, remainingMilliseconds: number | null): void {
    const share = Math.min(1, Math.max(0, done));
    if (this.stream.isTTY) this.redraw(describeProgress(label, share, remainingMilliseconds));
    else this.append(label, share, remainingMilliseconds);
  }

  /** Makes room for other text. */
  clear(): void {
    if (this.shown) this.stream.write(toLineStart);
    this.shown = false;
    this.lastDraw = Number.NEGATIVE_INFINITY;
  }

  private redraw(text: string): void {
    const now = this.now();
    if (now - this.lastDraw < redrawMilliseconds) return;
    this.lastDraw = now;
    this.shown = true;
    // Some terminals say 0.
    this.stream.write(toLineStart + text.slice(0, (this.stream.columns || 80) - 1));
  }

  private append(label: string, share: number, remainingMilliseconds: number | null): void {
    this.begun ??= this.now();
    if (this.now() - this.begun < quickMilliseconds) return;
    const quarter = Math.floor(share / sparseStep);
    if (label === this.lastLabel && quarter === this.lastQuarter) return;
    this.lastLabel = label;
    this.lastQuarter = quarter;
    this.stream.write(`${describeProgress(label, share, remainingMilliseconds)}\n`);
  }
}

function describeProgress(label: string, share: number, remainingMilliseconds: number | null): string {
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  if (remainingMilliseconds === null) return `${percent}  ${label}`;
  return `${percent}  ${label}, ${describeDuration(remainingMilliseconds)} left`;
}

/** “0.4 s”, “12 s”, “3 min 20 s”. */
export function describeDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
