import type { ParameterValues } from '../contract/filters';
import type { ChosenModel, ModelOutput } from './dagfModel';
import { type Orientation, orientations, upright } from './orientations';
import { choiceValue } from './values';

/**
 * Targets are cleaned in all orientations where that costs no more of the network's own time. On four validation scenes it takes 1.0, 0.9
 * and 0.6 % off the error of the wide networks for ×8, ×16 and ×4, and costs an eighth, a thirtieth and half of their time.
 */
const cleaningShare = 1 / 8;

/** In which orientations the network for a target sees it. */
export const orientationsOf = (parameters: ParameterValues): readonly Orientation[] =>
  choiceValue(parameters, 'quality') === 'ensemble' ? orientations : [upright];

/** In which orientations a target is cleaned on its own grid. */
export function cleaningOrientationsOf(
  parameters: ParameterValues,
  { model, factor }: Pick<ChosenModel, 'model' | 'factor'>,
  denoiser: ModelOutput,
): readonly Orientation[] {
  const channels = denoiser.model.channels / model.channels;
  const share = (orientations.length * channels ** 2) / factor ** 2;
  return share <= cleaningShare ? orientations : orientationsOf(parameters);
}
