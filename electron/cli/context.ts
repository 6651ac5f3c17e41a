import type { Installation } from '../shell/installation';
import type { Output, OutputOptions } from './output';

/** What every command is given. */
export interface Context {
  readonly installation: Installation;
  readonly output: Output;
}

/** Runs what a command does, and turns whatever it throws into words and an exit code. */
export type Perform = (options: OutputOptions, action: (context: Context) => Promise<void>) => Promise<void>;
