import type { Command } from 'commander';
import type { FilterDescription, ParameterDescription } from '../../contract/filters';
import { filters } from '../../filters/list';
import { acceptedValues } from '../../recipe/parameters';
import type { Perform } from '../context';
import { withOutputOptions } from '../options';
import type { OutputOptions } from '../output';
import { alignColumns, wrap } from '../textTable';

export function filtersCommand(program: Command, perform: Perform): void {
  const command = program.command('filters').description('list the filters and their parameters');
  withOutputOptions(command).action((options: OutputOptions) =>
    perform(options, async ({ output }) => {
      const descriptions = filters.map(({ description }) => description);
      output.result({ filters: descriptions }, () => descriptions.map(describeFilter).join('\n\n'));
    }),
  );
}

const guidanceTitles: Readonly<Record<FilterDescription['guidance'], string>> = {
  required: 'needs a guidance picture',
  optional: 'takes a guidance picture or none',
  unused: 'needs no guidance picture',
};

function describeFilter(filter: FilterDescription): string {
  const parameters = filter.parameters.filter(({ kind }) => kind !== 'fingerprint').map(parameterRow);
  return [
    `${filter.id}  (${filter.title}, ${guidanceTitles[filter.guidance]})`,
    ...wrap(filter.summary, '  '),
    ...alignColumns(parameters).map((line) => `    ${line}`),
    ...wrap(`Paper: ${filter.paper}`, '  '),
  ].join('\n');
}

const parameterRow = (parameter: ParameterDescription): string[] => [
  parameter.name,
  acceptedValues(parameter),
  parameter.default === '' ? 'no default' : `default ${parameter.default}`,
  [parameter.summary, ...usedWith(parameter)].join(' '),
];

const usedWith = ({ usedWhen }: ParameterDescription): string[] =>
  usedWhen
    ? [
        `Used with ${usedWhen.map(({ parameter, values }) => `${parameter} ${values.join(' or ')}`).join(' and ')}.`,
      ]
    : [];
