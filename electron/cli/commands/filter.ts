import { type Command, Option } from 'commander';
import type { DeviceChoice } from '../../contract/devices';
import { type Fit, fits, type UnknownPolicy, unknownPolicies } from '../../contract/recipe';
import { type Unit, type UnknownMarker, units, unknownMarkers } from '../../contract/sources';
import { defaultStep } from '../../recipe/defaults';
import { findFilter } from '../../recipe/validate';
import type { Context, Perform } from '../context';
import { describeRun } from '../describeRun';
import { withEngine } from '../engineSession';
import { chooseExportSettings, chooseFormat, type ExportWishes, sampleTypeOfDepth } from '../exportOptions';
import { collect, deviceOption, numberIn, parseRange, parseSettings, withOutputOptions } from '../options';
import type { OutputOptions } from '../output';
import { runRecipe } from '../recipeRun';

interface FilterOptions extends ExportWishes, OutputOptions {
  readonly target: string;
  readonly guidance?: string;
  readonly output: string;
  readonly set?: readonly string[];
  readonly device: DeviceChoice;
  readonly fit: Fit;
  readonly unknown: UnknownPolicy;
  readonly unknownValue: UnknownMarker;
  readonly unit: Unit;
  readonly format?: string;
  readonly iterations: number;
  readonly opacity: number;
}

const examples = `
Examples:
  Sharpen a depth map with its photo:
    $ sidelight filter dagf --target depth.png --guidance photo.jpg --output sharp.png
  The same, faster and coarser, as float values in millimetres:
    $ sidelight filter dagf --target depth.png --guidance photo.jpg --output sharp.npy --set quality=I_1 --unit mm
  Smooth a photo along its own edges:
    $ sidelight filter guided-filter --target photo.jpg --guidance photo.jpg --output smooth.png --set radius=16

Without --depth, maps are written with 16 bits (values in between need them), photographs with the bits they came
with, and NPY, PFM and float inputs as 32-bit floats. An integer file's ends stand for the target's own full scale;
--range chooses others.`;

export function filterCommand(program: Command, perform: Perform): void {
  const command = program
    .command('filter')
    .description('apply one filter to a target and write the result')
    .argument('<id>', 'the filter; “sidelight filters” lists them')
    .requiredOption('--target <file>', 'the picture or map to restore')
    .option('--guidance <file>', 'the picture that shows how')
    .requiredOption('--output <file>', 'where the result goes')
    .option('--set <name=value>', 'a parameter of the filter; may be given again', collect)
    .addOption(deviceOption())
    .option('--overwrite', 'replace the output if it is there')
    .addOption(
      new Option('--fit <how>', 'when the shapes differ: refuse, crop the guidance, or stretch')
        .choices(fits)
        .default('refuse'),
    )
    .addOption(
      new Option('--unknown <what>', 'pixels without a value: keep them so, or complete them')
        .choices(unknownPolicies)
        .default('keep'),
    )
    .addOption(
      new Option('--unknown-value <marker>', 'which stored values of the target mean “no value”')
        .choices(unknownMarkers)
        .default('auto'),
    )
    .addOption(new Option('--unit <unit>', 'what the target’s values are').choices(units).default('none'))
    .option('--format <format>', 'format of the output, when its extension does not say')
    .addOption(
      new Option('--depth <bits>', 'bits a sample of the output').choices(Object.keys(sampleTypeOfDepth)),
    )
    .option('--range <min:max>', 'values at the ends of an integer output', parseRange)
    .option(
      '--quality <1…100>',
      'of JPEG and WebP outputs',
      numberIn('--quality', { min: 1, max: 100 }, true),
    )
    .option(
      '--iterations <1…20>',
      'how often the filter is applied',
      numberIn('--iterations', { min: 1, max: 20 }, true),
      1,
    )
    .option(
      '--opacity <0…1>',
      'share of the filtered picture in the result',
      numberIn('--opacity', { min: 0, max: 1 }, false),
      1,
    )
    .addHelpText('after', examples);
  withOutputOptions(command).action((id: string, options: FilterOptions) =>
    perform(options, (context) => runFilter(context, id, options)),
  );
}

async function runFilter(context: Context, id: string, options: FilterOptions): Promise<void> {
  await withEngine(context, options.device, async (session) => {
    const { filters, formats } = await session.engine.describe({});
    const filter = findFilter(filters, id);
    const parameters = parseSettings(filter, options.set ?? []);
    const step = defaultStep(filter, id);
    const format = chooseFormat(options.output, options.format, formats);
    const outcome = await runRecipe(context, session, filters, {
      processing: {
        fit: options.fit,
        unknown: options.unknown,
        targetValues: 'continuous',
        steps: [
          {
            ...step,
            parameters: { ...step.parameters, ...parameters },
            iterations: options.iterations,
            opacity: options.opacity,
          },
        ],
      },
      target: { path: options.target, unknownMarker: options.unknownValue, unit: options.unit },
      guidance:
        options.guidance === undefined
          ? null
          : { path: options.guidance, unknownMarker: 'none', unit: 'none' },
      outputPath: options.output,
      format,
      device: options.device,
      settings: (target) => chooseExportSettings(target, format, options),
    });
    context.output.result(outcome, () => describeRun(outcome));
  });
}
