import type { Command } from 'commander';
import type { Preset } from '../../contract/presets';
import { presets } from '../../filters/presets/list';
import { lengthsMeasure } from '../../recipe/presetProcessing';
import type { Perform } from '../context';
import { withOutputOptions } from '../options';
import type { OutputOptions } from '../output';
import { alignColumns, wrap } from '../textTable';

export function presetsCommand(program: Command, perform: Perform): void {
  const command = program
    .command('presets')
    .description('list the applications that are set up, for “sidelight filter --preset”');
  withOutputOptions(command).action((options: OutputOptions) =>
    perform(options, async ({ output }) => {
      output.result({ presets }, () => presets.map(describePreset).join('\n\n'));
    }),
  );
}

function describePreset(preset: Preset): string {
  const { id, title, summary, targetTitle, guidanceTitle, processing } = preset;
  const lengths = lengthsMeasure(preset);
  const rows = [
    ['--target', targetTitle],
    ['--guidance', guidanceTitle ?? 'none: the target guides itself'],
    ...processing.steps.map((step) => ['filter', describeStep(step)]),
    ...(lengths ? [['lengths', lengths]] : []),
    ['unknown pixels', processing.unknown === 'keep' ? 'stay unknown' : 'are completed'],
  ];
  return [
    `${id}  (${title})`,
    ...wrap(summary, '  '),
    ...alignColumns(rows).map((line) => `    ${line}`),
  ].join('\n');
}

function describeStep({ filter, parameters, iterations }: Preset['processing']['steps'][number]): string {
  const settings = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return [filter, ...settings, ...(iterations > 1 ? [`${iterations} iterations`] : [])].join(', ');
}
