import path from 'node:path';
import { type Command, Option } from 'commander';
import type { DeviceChoice } from '../../contract/devices';
import type { EngineApi } from '../../contract/engine';
import type { Supervisor } from '../../engine/host/supervisor';
import { families } from '../../evaluation/families';
import type { EvaluationFamily, FamilyOption } from '../../evaluation/family';
import type { EngineAccess } from '../../evaluation/filterFiles';
import type { Context, Perform } from '../context';
import { withEngine, withModels } from '../engineSession';
import { describeEvaluation, evaluationMarkdown, picturesMarkdown } from '../evaluationText';
import { collect, commaList, deviceOption, usageError, withOutputOptions } from '../options';
import type { OutputOptions } from '../output';
import { pictureFolder } from '../pictureFolder';
import { reportFile } from '../reportFile';

interface EvaluateOptions extends OutputOptions {
  readonly data: string;
  readonly filters?: readonly string[];
  readonly output?: readonly string[];
  readonly pictures?: string;
  readonly overwrite?: boolean;
  readonly device: DeviceChoice;
  /** The family's own. */
  readonly [option: string]: unknown;
}

const examples = `
Examples:
  Every filter at ×8, as a table:
    $ sidelight evaluate depth --data middlebury-third --scales 8 --degradations bicubic
  All of the protocol, kept as a page, as numbers and as pictures:
    $ sidelight evaluate depth --data middlebury-third --output depth.md --output depth.json --pictures depth

Bicubic, the guided filter and the joint bilateral filter are always measured too, on the same images in the same run;
in “operators” it is the photo as it is and the exact filters.`;

export function evaluateCommand(program: Command, perform: Perform): void {
  const command = program
    .command('evaluate')
    .description('measure filters by a published protocol')
    .argument('[family]')
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText('after', examples)
    .action((name: string | undefined) => {
      throw usageError(
        name === undefined ? 'There is no evaluation named.' : `There is no evaluation “${name}”.`,
        `Use one of: ${families.map(({ id }) => id).join(', ')}.`,
      );
    });
  for (const family of families) familyCommand(command, family, perform);
}

function familyCommand(parent: Command, family: EvaluationFamily, perform: Perform): void {
  const command = parent
    .command(family.id)
    .description(family.summary)
    .requiredOption('--data <folder>', family.data)
    .option('--filters <list>', 'rows to measure beside the baselines', commaList)
    .option('--output <file>', 'also write the report as .md or .json; may be given again', collect)
    .option('--pictures <folder>', 'also write results, error maps and crops of the worst places')
    .option('--overwrite', 'replace reports and pictures that are there')
    .addOption(deviceOption());
  for (const option of family.options) command.addOption(optionOf(option));
  withOutputOptions(command).action((options: EvaluateOptions) =>
    perform(options, (context) => evaluate(context, family, options)),
  );
}

async function evaluate(context: Context, family: EvaluationFamily, options: EvaluateOptions): Promise<void> {
  const overwrite = options.overwrite === true;
  const files = await Promise.all((options.output ?? []).map((file) => reportFile(file, overwrite)));
  const pictures = options.pictures === undefined ? null : await pictureFolder(options.pictures, overwrite);
  const chosen = Object.fromEntries(family.options.map(({ name }) => [name, chosenOf(options, name)]));
  const report = await withEngine(context, options.device, async ({ engine, supervisor, interruption }) => {
    const { filters } = await engine.describe({});
    return family.evaluate(
      {
        folder: options.data,
        options: chosen,
        filters,
        wanted: options.filters ?? null,
        device: options.device,
        pictures,
        signal: interruption.signal,
        onProgress: (done, label) => context.output.progress(`measuring ${label}`, done, null),
      },
      {
        ...accessOf(engine, supervisor),
        modelsFolder: context.installation.modelsFolder,
        withModels: (folder, use) =>
          withModels(context, options.device, folder, interruption.signal, (...other) =>
            use(accessOf(...other)),
          ),
      },
    );
  });
  for (const file of files) {
    const json = `${JSON.stringify(report, null, 2)}\n`;
    await file.write(file.kind === 'json' ? json : evaluationMarkdown(report, commandLine(family, options)));
  }
  if (pictures !== null && report.pictures.length > 0) {
    const page = await reportFile(path.join(pictures, 'index.md'), overwrite);
    await page.write(picturesMarkdown(report));
  }
  context.output.result(report, () => describeEvaluation(report));
}

const accessOf = (engine: EngineApi, supervisor: Supervisor): EngineAccess => ({
  engine,
  grantRead: (file) => supervisor.grantRead(file),
  grantWrite: (file) => supervisor.grantWrite(file),
});

/** What was said for a family's option; nothing for a flag or a path that was not named. */
const chosenOf = (options: EvaluateOptions, name: string): readonly string[] =>
  options[name] === true ? [name] : ((options[name] ?? []) as readonly string[]);

/** What was asked for, to be asked again anywhere: folders by their names alone. */
function commandLine(family: EvaluationFamily, options: EvaluateOptions): string {
  const words = ['sidelight evaluate', family.id, '--data', path.basename(path.resolve(options.data))];
  for (const { name, values } of family.options) {
    const chosen = chosenOf(options, name);
    if (values === 'flag') words.push(...chosen.map(() => `--${name}`));
    else if (chosen.length > 0 && (values === 'path' || chosen.length !== values.length))
      words.push(`--${name}`, chosen.map((item) => path.basename(item)).join(','));
  }
  if (options.filters) words.push('--filters', options.filters.join(','));
  if (options.device !== 'auto') words.push('--device', options.device);
  return words.join(' ');
}

/** An option that takes a comma-separated list of its values, all of them when it is left out; or a path; or nothing. */
function optionOf({ name, summary, values }: FamilyOption): Option {
  if (values === 'flag') return new Option(`--${name}`, summary);
  if (values === 'path')
    return new Option(`--${name} <path>`, summary).argParser((file) => [file]).default([], 'none');
  const remedy = `Use some of: ${values.join(', ')}.`;
  const parse = (text: string): string[] => {
    const chosen = new Set(commaList(text));
    for (const item of chosen)
      if (!values.includes(item)) throw usageError(`“${item}” is not possible for --${name}.`, remedy);
    if (chosen.size === 0) throw usageError(`--${name} is empty.`, remedy);
    return values.filter((value) => chosen.has(value));
  };
  return new Option(`--${name} <list>`, summary).argParser(parse).default([...values], values.join(','));
}
