import { type Command, Option } from 'commander';
import type { DeviceChoice } from '../../contract/devices';
import type { Size } from '../../contract/geometry';
import { fits, type Processing, unknownPolicies } from '../../contract/recipe';
import { type Unit, type UnknownMarker, units, unknownMarkers } from '../../contract/sources';
import { readMarker } from '../../recipe/defaults';
import type { Context, Perform } from '../context';
import { describeRun } from '../describeRun';
import { withEngine } from '../engineSession';
import { chooseExportSettings, chooseFormat, type ExportWishes, sampleTypeOfDepth } from '../exportOptions';
import { chooseProcessing, type ProcessingWishes, suitedLengths } from '../filterProcessing';
import { collect, deviceOption, numberIn, parseRange, withOutputOptions } from '../options';
import type { OutputOptions } from '../output';
import { runRecipe } from '../recipeRun';
import { withStepFiles } from '../stepFiles';

interface FilterOptions extends ProcessingWishes, ExportWishes, OutputOptions {
  readonly target: string;
  readonly guidance?: string;
  readonly output: string;
  readonly device: DeviceChoice;
  readonly unknownValue: UnknownMarker;
  readonly unit: Unit;
  readonly format?: string;
  readonly keepIterations?: boolean;
}

const examples = `
Examples:
  Sharpen a depth map with its photo:
    $ sidelight filter dagf --target depth.png --guidance photo.jpg --output sharp.png
  The same, faster and coarser, as float values in millimetres:
    $ sidelight filter dagf --target depth.png --guidance photo.jpg --output sharp.npy --set quality=I_1 --unit mm
  Smooth a photo along its own edges:
    $ sidelight filter guided-filter --target photo.jpg --self-guided --output smooth.png --set radius=16
  Clean a dark photo with one taken with flash:
    $ sidelight filter --preset flash --target dark.jpg --guidance flash.jpg --output clean.png
  Take the texture out of a picture, and keep what came before the last iteration too:
    $ sidelight filter --preset texture --target mosaic.jpg --output plain.png --keep-iterations

  A map of your own network’s, at the photo’s full size (“sidelight inspect-model” says what a model takes and gives):
    $ sidelight filter own-network --target photo.jpg --output map.png --set model=saliency.onnx --set range=byte
  The look of another photograph:
    $ sidelight filter style-transfer --target photo.jpg --output styled.png --set look=own --set reference=other.jpg

Without --depth, maps are written with 16 bits (values in between need them), photographs and class maps with the bits
they came with, and NPY, PFM and float inputs as 32-bit floats. An integer file's ends stand for the target's own full scale;
--range chooses others.`;

export function filterCommand(program: Command, perform: Perform): void {
  const command = program
    .command('filter')
    .description('apply one filter to a target and write the result')
    .argument('[id]', 'the filter; “sidelight filters” lists them')
    .option('--preset <id>', 'a filter set up for one application; “sidelight presets” lists them')
    .requiredOption('--target <file>', 'the picture or map to restore')
    .option('--guidance <file>', 'the picture that shows how')
    .requiredOption('--output <file>', 'where the result goes')
    .option('--set <name=value>', 'a parameter of the filter, over the preset’s; may be given again', collect)
    .addOption(deviceOption())
    .option('--overwrite', 'replace the output if it is there')
    .addOption(
      new Option(
        '--fit <how>',
        'when the shapes differ: refuse (default), crop the guidance, or stretch',
      ).choices(fits),
    )
    .addOption(
      new Option(
        '--unknown <what>',
        'pixels without a value: keep them so (default), or complete them',
      ).choices(unknownPolicies),
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
    .option('--classes', 'the target is a class map: each of its values is a label of its own')
    .option('--self-guided', 'the target guides itself, each iteration by the result of the one before')
    .option('--no-self-guided', 'the guidance guides, also where a preset says otherwise')
    .option(
      '--iterations <1…20>',
      'how often the filter is applied (default: 1)',
      numberIn('--iterations', { min: 1, max: 20 }, true),
    )
    .option('--keep-iterations', 'also write the picture after each iteration, as NAME.iteration-1.png, …')
    .option(
      '--opacity <0…1>',
      'share of the filtered picture in the result (default: 1)',
      numberIn('--opacity', { min: 0, max: 1 }, false),
    )
    .addHelpText('after', examples);
  withOutputOptions(command).action((id: string | undefined, options: FilterOptions) =>
    perform(options, (context) => runFilter(context, id, options)),
  );
}

async function runFilter(context: Context, id: string | undefined, options: FilterOptions): Promise<void> {
  await withEngine(context, options.device, async (session) => {
    const description = await session.engine.describe({});
    const chosen = chooseProcessing(id, options, description);
    const opened = (steps: Processing) => withStepFiles(context, session, steps, description.filters, null);
    const processing = await opened(chosen);
    const preset = description.presets.find((one) => one.id === options.preset);
    const suited = (guidance: Size) => {
      const wanted = chooseProcessing(id, options, description, guidance);
      for (const sentence of suitedLengths(chosen, wanted)) context.output.remark(sentence);
      return opened(wanted);
    };
    const format = chooseFormat(options.output, options.format, description.formats);
    const unknownMarker = readMarker(options.unknownValue, processing.targetValues);
    const outcome = await runRecipe(context, session, description.filters, {
      processing,
      ...(preset?.guidanceSide !== undefined && { suited }),
      target: { path: options.target, unknownMarker, unit: options.unit },
      guidance:
        options.guidance === undefined
          ? null
          : { path: options.guidance, unknownMarker: 'none', unit: 'none' },
      outputPath: options.output,
      keepIterations: options.keepIterations === true,
      format,
      device: options.device,
      settings: (result, values) => chooseExportSettings(result, format, options, values),
    });
    context.output.result(outcome, () => describeRun(outcome));
  });
}
