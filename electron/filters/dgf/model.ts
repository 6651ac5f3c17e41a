import { SidelightError } from '../../contract/errors';
import type { ParameterValues } from '../../contract/filters';
import type { FilterContext } from '../filter';
import { type DgfModel, modelsOf } from '../networkModel';
import { choiceValue } from '../values';

/** The model for an operator, a variant and a side. @throws SidelightError model-missing */
export function chooseDgfModel(
  parameters: ParameterValues,
  { models }: Pick<FilterContext, 'models'>,
): DgfModel {
  const [operator, variant, side] = [
    choiceValue(parameters, 'operator'),
    choiceValue(parameters, 'variant'),
    Number(choiceValue(parameters, 'side')),
  ];
  const ofOperator = modelsOf(models, 'dgf').filter((model) => model.operator === operator);
  const model = ofOperator.find(
    (candidate) => candidate.variant === variant && (candidate.side === null || candidate.side === side),
  );
  if (model) return model;
  const there = ofOperator.map(({ title }) => `“${title}”`).join(', ');
  throw new SidelightError(
    'model-missing',
    `There is no deep guided filter of “${operator}” with the layer ${variant} and a small copy of ${side} px.`,
    there
      ? `Choose other settings (there are ${there}), or use the exact filter “${operator}”.`
      : `Use the exact filter “${operator}”, which needs no model, or install Sidelight again.`,
    { operator, variant, side },
  );
}
