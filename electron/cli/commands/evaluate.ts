import { type Command, Option } from 'commander';
import type { DeviceChoice } from '../../contract/devices';
import type { FilterDescription } from '../../contract/filters';
import { type Degradation, degradations } from '../../evaluation/degrade';
import { baselines, type DepthFactor, depthFactors } from '../../evaluation/depthSettings';
import { evaluateDepth } from '../../evaluation/evaluateDepth';
import { findFilter } from '../../recipe/validate';
import type { Context, Perform } from '../context';
import { withEngine } from '../engineSession';
import { describeEvaluation, evaluationMarkdown } from '../evaluationText';
import { collect, commaList, deviceOption, usageError, withOutputOptions } from '../options';
import type { OutputOptions } from '../output';
import { reportFile } from '../reportFile';

interface EvaluateOptions extends OutputOptions {
  readonly data: string;
  readonly scales: readonly DepthFactor[];
  readonly degradations: readonly Degradation[];
  readonly filters?: readonly string[];
  readonly output?: readonly string[];
  readonly overwrite?: boolean;
  readonly device: DeviceChoice;
}

const examples = `
Examples:
  Every filter at ×8, as a table:
    $ sidelight evaluate depth --data middlebury-third --scales 8 --degradations bicubic
  All of the protocol, kept as a page and as numbers:
    $ sidelight evaluate depth --data middlebury-third --output depth.md --output depth.json

Bicubic, the guided filter and the joint bilateral filter are always measured too: results are ratios to bicubic on the same images.`;

export function evaluateCommand(program: Command, perform: Perform): void {
  const command = program
    .command('evaluate')
    .description('measure filters by a published protocol')
    .argument('<family>', 'what to measure: depth')
    .requiredOption('--data <folder>', 'folder of pairs with ground truth')
    .addOption(listOption('--scales <list>', 'factors the target is reduced by', depthFactors, Number))
    .addOption(listOption('--degradations <list>', 'how it is reduced', degradations, String))
    .option('--filters <list>', 'filters to measure; all when left out', commaList)
    .option('--output <file>', 'also write the report as .md or .json; may be given again', collect)
    .option('--overwrite', 'replace reports that are there')
    .addOption(deviceOption())
    .addHelpText('after', examples);
  withOutputOptions(command).action((family: string, options: EvaluateOptions) =>
    perform(options, (context) => evaluate(context, family, options)),
  );
}

async function evaluate(context: Context, family: string, options: EvaluateOptions): Promise<void> {
  if (family !== 'depth') throw usageError(`There is no evaluation “${family}”.`, 'Use one of: depth.');
  const files = await Promise.all(
    (options.output ?? []).map((file) => reportFile(file, options.overwrite === true)),
  );
  const report = await withEngine(context, options.device, async ({ engine, supervisor, interruption }) => {
    const { filters } = await engine.describe({});
    return evaluateDepth(
      {
        folder: options.data,
        degradations: options.degradations,
        factors: options.scales,
        filters: chooseFilters(filters, options.filters),
        wanted: options.filters ?? [],
        device: options.device,
        signal: interruption.signal,
        onProgress: (done, label) => context.output.progress(`measuring ${label}`, done, null),
      },
      {
        engine,
        grantRead: (path) => supervisor.grantRead(path),
        grantWrite: (path) => supervisor.grantWrite(path),
      },
    );
  });
  for (const file of files)
    await file.write(
      file.kind === 'json' ? `${JSON.stringify(report, null, 2)}\n` : evaluationMarkdown(report),
    );
  context.output.result(report, () => describeEvaluation(report));
}

/** The baselines first, then the others in the order they are offered. */
function chooseFilters(
  filters: readonly FilterDescription[],
  wanted: readonly string[] | undefined,
): FilterDescription[] {
  const ids = new Set([...baselines, ...(wanted ?? filters.map((filter) => filter.id))]);
  return [...ids].map((id) => findFilter(filters, id));
}

/** An option that takes a comma-separated list of these values; all of them when it is left out. */
function listOption<T extends string | number>(
  flags: string,
  description: string,
  allowed: readonly T[],
  read: (text: string) => unknown,
): Option {
  const name = flags.split(' ')[0];
  const remedy = `Use some of: ${allowed.join(', ')}.`;
  const parse = (text: string): T[] => {
    const chosen = commaList(text).map((item) => {
      const found = allowed.find((value) => value === read(item));
      if (found === undefined) throw usageError(`“${item}” is not possible for ${name}.`, remedy);
      return found;
    });
    if (chosen.length === 0) throw usageError(`${name} is empty.`, remedy);
    return [...new Set(chosen)];
  };
  return new Option(flags, description).argParser(parse).default([...allowed], allowed.join(','));
}
