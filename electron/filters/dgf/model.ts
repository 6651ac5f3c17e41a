import { SidelightError } from '../../contract/errors';
import type { ParameterValues } from '../../contract/filters';
import type { FilterContext } from '../filter';
import { type DgfModel, modelsOf } from '../networkModel';
import { choiceValue } from '../values';
import { withDraft } from './copies';
import { usualSide } from './operators';

/** Pixels; null for the network at full resolution, which has no small copy. */
function sideOf(variant: string, parameters: ParameterValues): number | null {
  if (variant === 'can') return null;
  return variant === 'c' ? Number(choiceValue(parameters, 'side')) : usualSide;
}

/**
 * The model for an operator, a variant and, where it matters, a side, with its draft on the copy that is chosen.
 * @param parameters with the copies chosen: see `withCopies`
 * @throws SidelightError model-missing
 */
export function chooseDgfModel(
  parameters: ParameterValues,
  { models }: Pick<FilterContext, 'models'>,
): DgfModel {
  const operator = choiceValue(parameters, 'operator');
  const variant = choiceValue(parameters, 'variant');
  const side = sideOf(variant, parameters);
  const ofOperator = modelsOf(models, 'dgf').filter((model) => model.operator === operator);
  const model = ofOperator.find((candidate) => candidate.variant === variant && candidate.side === side);
  if (model) return withDraft(model, parameters);
  const there = ofOperator.map(({ title }) => `“${title}”`).join(', ');
  throw new SidelightError(
    'model-missing',
    `There is no deep guided filter of “${operator}” with the layer ${variant}${side === null ? '' : ` and a small copy of ${side} px`}.`,
    there
      ? `Choose other settings (there are ${there}), or use the exact filter “${operator}”.`
      : `Use the exact filter “${operator}”, which needs no model, or install Sidelight again.`,
    { operator, variant, side },
  );
}
