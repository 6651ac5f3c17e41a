import type { ParameterValues } from '../contract/filters';
import {
  type ChosenModel,
  chooseModel,
  geometricFactor,
  leastFactor,
  noisyFrom,
  wantsNoisy,
} from './dagfModel';
import { isReduced } from './dagfTarget';
import type { FilterContext } from './filter';
import { choiceValue } from './values';

/** Which weights are taken and why, and what the user should expect of them where they are not quite the right ones. */
export function dagfNotices(parameters: ParameterValues, context: FilterContext): string[] {
  const chosen = chooseModel(parameters, context);
  const { title } = chosen.model;
  return [
    `DAGF uses its model “${title}”${reason(chosen, parameters, context)}.`,
    ...cleaningNotices(chosen),
    ...variantNotices(chosen, parameters),
    ...factorNotices(chosen, context),
    ...noiseNotices(chosen, parameters, context),
  ];
}

function reason({ model }: ChosenModel, parameters: ParameterValues, { noise }: FilterContext): string {
  const estimated = choiceValue(parameters, 'noise') === 'auto' && model.degradation === 'noisy';
  return estimated ? `: the noise of the target is about ${percent(noise)} of its range` : '';
}

const cleaningNotices = ({ denoiser }: ChosenModel): string[] =>
  denoiser ? ['The noise is removed on the target’s own grid before it is enlarged.'] : [];

function variantNotices({ model }: ChosenModel, parameters: ParameterValues): string[] {
  const quality = choiceValue(parameters, 'quality');
  if (quality === 'fast' && model.variant !== 'fast')
    return ['There is no fast model for this target: the coarsest output of the other one is used.'];
  if (quality === 'wide' && model.variant !== 'wide')
    return ['There is no wide model for this target: the usual one is used.'];
  if (quality === 'ensemble' && model.variant !== 'wide')
    return ['There is no wide model for this target: the usual one is used for the average.'];
  return [];
}

function factorNotices(chosen: ChosenModel, context: FilterContext): string[] {
  const factor = geometricFactor(context.factor);
  const enlarged = `The target is enlarged ×${rounded(factor)}`;
  if (chosen.factor === 1) {
    return factor > 1.25
      ? [
          `${enlarged}, and this model is for targets as large as the guidance: it cleans and does not sharpen.`,
        ]
      : [];
  }
  if (factor < leastFactor) {
    const only = `The target is enlarged only ×${rounded(factor)}`;
    return [
      `${only}: this model is made for targets much smaller than the guidance, and may do more harm than good here.`,
    ];
  }
  if (isReduced(chosen, context.factor))
    return [`${enlarged}: it is reduced to the ×${chosen.factor} that the model was trained for first.`];
  if (factor / chosen.factor > 1.5)
    return [`${enlarged}, but the largest model was trained for ×${chosen.factor}: expect a weaker result.`];
  return [];
}

const cleanWeights: readonly string[] = ['bicubic', 'nearest'];

function noiseNotices({ model }: ChosenModel, parameters: ParameterValues, context: FilterContext): string[] {
  if (!cleanWeights.includes(model.degradation)) return [];
  const advice =
    'this model was trained on clean targets and may sharpen the noise. Compare with the joint bilateral filter.';
  if (context.noise >= noisyFrom)
    return [`The target looks noisy (about ${percent(context.noise)} of its range): ${advice}`];
  return wantsNoisy(parameters, context)
    ? [`There are no weights for noisy targets of this kind and factor: ${advice}`]
    : [];
}

const rounded = (factor: number) => Number(factor.toFixed(1));
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
