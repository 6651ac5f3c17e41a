import { Command, CommanderError } from 'commander';
import { SidelightError } from '../contract/errors';
import { findInstallation, type Installation } from '../shell/installation';
import { devicesCommand } from './commands/devices';
import { evaluateCommand } from './commands/evaluate';
import { filterCommand } from './commands/filter';
import { filtersCommand } from './commands/filters';
import { inspectModelCommand } from './commands/inspectModel';
import { presetsCommand } from './commands/presets';
import { runCommand } from './commands/run';
import { serveCommand } from './commands/serve';
import type { Perform } from './context';
import { exitCodeOf, exitCodes, exitCodesHelp } from './exitCodes';
import { Output, type Streams } from './output';

const examples = `
Examples:
  $ sidelight filters
  $ sidelight filter dagf --target depth.png --guidance photo.jpg --output sharp.png
  $ sidelight filter --preset flash --target dark.jpg --guidance flash.jpg --output clean.png
  $ sidelight run recipe.json --target depth.png --guidance photo.jpg --output sharp.png
  $ sidelight evaluate depth --data pairs --scales 8
  $ sidelight serve depth.png photo.jpg

“sidelight <command> --help” says more about each.

${exitCodesHelp}`;

/** Runs one command line. @returns the exit code */
export async function runProgram(
  words: readonly string[],
  streams: Streams,
  installation: Installation = findInstallation(),
): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const perform: Perform = async (options, action) => {
    const output = new Output(options, streams);
    try {
      await action({ installation, output });
    } catch (thrown) {
      exitCode = report(output, thrown);
    }
  };
  try {
    await buildProgram(installation.version, streams, perform).parseAsync(words, { from: 'user' });
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return exitCodes.ok;
    // Help that was not asked for by name is the answer to a command line without a command.
    if (thrown instanceof CommanderError && thrown.code === 'commander.help') return exitCodes.usage;
    return report(new Output({ json: words.includes('--json') }, streams), readError(thrown));
  }
  return exitCode;
}

function buildProgram(version: string, streams: Streams, perform: Perform): Command {
  const program = new Command('sidelight')
    .description('Guided image filtering: one picture tells a filter how to restore another.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.out.write(text),
      writeErr: (text) => streams.err.write(text),
      // Usage errors are reported like all others.
      outputError: () => undefined,
    });
  filtersCommand(program, perform);
  presetsCommand(program, perform);
  devicesCommand(program, perform);
  inspectModelCommand(program, perform);
  filterCommand(program, perform);
  runCommand(program, perform);
  evaluateCommand(program, perform);
  serveCommand(program, perform);
  return program;
}

function report(output: Output, thrown: unknown): number {
  const error = SidelightError.from(thrown);
  output.error(error.toData());
  return exitCodeOf(error.code);
}

function readError(thrown: unknown): unknown {
  if (!(thrown instanceof CommanderError)) return thrown;
  const message = thrown.message.replace(/^error: /, '').split('\n')[0] ?? '';
  return new SidelightError(
    'usage',
    `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.?$/, '.')}`,
    'Add --help to see how the command is used.',
    undefined,
    thrown,
  );
}
