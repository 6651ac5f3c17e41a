import type { ErrorData } from '../contract/errors';
import { ProgressLine } from './progressLine';

/** Options every command has. */
export interface OutputOptions {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** The two streams a command talks to; the process's own, except in tests. */
export interface Streams {
  readonly out: { write(text: string): unknown };
  readonly err: {
    write(text: string): unknown;
    readonly isTTY?: boolean | undefined;
    readonly columns?: number;
  };
}

/**
 * Where a command's words go: results on stdout (text, or one JSON object with `--json`), progress and remarks on
 * stderr, which `--quiet` silences. Errors are never silenced.
 */
export class Output {
  private readonly progressLine: ProgressLine | null;

  constructor(
    private readonly options: OutputOptions,
    private readonly streams: Streams,
    now: () => number = Date.now,
  ) {
    this.progressLine = options.quiet ? null : new ProgressLine(streams.err, now);
  }

  /** The command's result: once. */
  result(data: object, text: () => string): void {
    this.progressLine?.clear();
    this.streams.out.write(`${this.options.json ? JSON.stringify(data) : text().trimEnd()}\n`);
  }

  /** One line of a command that goes on, such as the address it serves. */
  line(text: string): void {
    this.streams.out.write(`${text}\n`);
  }

  /** A sentence for the user that is not the result. */
  remark(sentence: string): void {
    if (this.options.quiet) return;
    this.progressLine?.clear();
    this.streams.err.write(`${sentence}\n`);
  }

  /** @param done share of the whole, 0…1 */
  progress(label: string, done: number, remainingMilliseconds: number | null): void {
    this.progressLine?.show(label, done, remainingMilliseconds);
  }

  error(error: ErrorData): void {
    this.progressLine?.clear();
    if (this.options.json) this.streams.out.write(`${JSON.stringify({ error })}\n`);
    else this.streams.err.write(`sidelight: ${error.message}\n${error.remedy}\n`);
  }
}
