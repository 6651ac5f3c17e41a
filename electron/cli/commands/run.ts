import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { DeviceChoice } from '../../contract/devices';
import { SidelightError } from '../../contract/errors';
import type { Input, Recipe } from '../../contract/recipe';
import { readMarker } from '../../recipe/defaults';
import { parseRecipe } from '../../recipe/migrations';
import type { Context, Perform } from '../context';
import { describeRun } from '../describeRun';
import { withEngine } from '../engineSession';
import { adaptExportSettings, chooseFormat } from '../exportOptions';
import { deviceOption, withOutputOptions } from '../options';
import type { OutputOptions } from '../output';
import { runRecipe } from '../recipeRun';
import { withStepFiles } from '../stepFiles';

interface RunOptions extends OutputOptions {
  readonly target?: string;
  readonly guidance?: string;
  readonly output: string;
  readonly overwrite?: boolean;
  readonly keepIterations?: boolean;
  readonly device: DeviceChoice;
}

const examples = `
Examples:
  A recipe saved from Sidelight, on the files it names:
    $ sidelight run sharpen.json --output sharp.png
  The same recipe on another pair:
    $ sidelight run sharpen.json --target depth2.png --guidance photo2.jpg --output sharp2.png

Paths inside a recipe are taken from the recipe’s own folder. The output’s extension decides the format; bits, range
and quality are the recipe’s where the format allows.`;

export function runCommand(program: Command, perform: Perform): void {
  const command = program
    .command('run')
    .description('apply a saved recipe')
    .argument('<recipe>', 'recipe file (JSON)')
    .option('--target <file>', 'in place of the recipe’s target')
    .option('--guidance <file>', 'in place of the recipe’s guidance')
    .requiredOption('--output <file>', 'where the result goes')
    .option('--overwrite', 'replace the output if it is there')
    .option('--keep-iterations', 'also write the picture after each iteration of the last step')
    .addOption(deviceOption())
    .addHelpText('after', examples);
  withOutputOptions(command).action((file: string, options: RunOptions) =>
    perform(options, (context) => runFile(context, file, options)),
  );
}

async function runFile(context: Context, file: string, options: RunOptions): Promise<void> {
  const recipe = parseRecipe(await readRecipe(file));
  const folder = path.dirname(path.resolve(file));
  const input = chooseInput(recipe.inputs.target, options.target, folder);
  if (!input) throw targetMissing();
  const target = { ...input, unknownMarker: readMarker(input.unknownMarker, recipe.targetValues) };
  await withEngine(context, options.device, async (session) => {
    const { filters, formats } = await session.engine.describe({});
    const format = chooseFormat(options.output, undefined, formats);
    const outcome = await runRecipe(context, session, filters, {
      processing: await withStepFiles(context, session, processingOf(recipe), filters, folder),
      target,
      guidance: chooseInput(recipe.inputs.guidance, options.guidance, folder),
      outputPath: options.output,
      keepIterations: options.keepIterations === true,
      format,
      device: options.device,
      settings: (source) => adaptExportSettings(recipe.export, source, format, options.overwrite === true),
    });
    context.output.result(outcome, () => describeRun(outcome));
  });
}

const processingOf = ({ fit, unknown, targetValues, steps }: Recipe) => ({
  fit,
  unknown,
  targetValues,
  steps,
});

/** The file named on the command line, read the way the recipe reads its own; else the recipe's. */
function chooseInput(inRecipe: Input | null, typed: string | undefined, folder: string): Input | null {
  if (typed !== undefined)
    return { unknownMarker: inRecipe?.unknownMarker ?? 'auto', unit: inRecipe?.unit ?? 'none', path: typed };
  return inRecipe && { ...inRecipe, path: path.resolve(folder, inRecipe.path) };
}

async function readRecipe(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    const missing = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
    throw new SidelightError(
      missing ? 'file-not-found' : 'file-not-readable',
      missing ? `There is no file ${file}.` : `${file} cannot be read: ${(thrown as Error).message}.`,
      'Name a recipe that was saved from Sidelight.',
      { path: file },
      thrown,
    );
  }
}

const targetMissing = () =>
  new SidelightError(
    'target-missing',
    'The recipe names no target, and the command line neither.',
    'Add --target with the picture to restore.',
  );
