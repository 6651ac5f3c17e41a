import { SidelightError } from '../contract/errors';
import type { NetworkModel } from './filter';

/** Result pixels per target pixel along both axes. */
export interface Factor {
  readonly x: number;
  readonly y: number;
}

export interface ChosenModel {
  readonly model: NetworkModel;
  readonly output: NetworkModel['outputs'][number];
}

/** One enlargement factor for both axes. */
export const geometricFactor = (factor: Factor) => Math.sqrt(factor.x * factor.y);

/** A model stands a target this much smaller than it was trained for; beyond, a larger model does better. */
const stretch = 1.06;

/**
 * The model of this degradation for the factor, and its output of this quality: the nearest one from above, since a
 * network leaves a target soft that is smaller than it knows, and the largest one where there is none.
 * @throws SidelightError model-missing
 */
export function chooseModel(
  models: readonly NetworkModel[],
  degradation: string,
  quality: string,
  factor: Factor,
): ChosenModel {
  const wanted = geometricFactor(factor);
  const fitting = models
    .filter((model) => model.degradation === degradation)
    .toSorted((a, b) => a.factor - b.factor);
  const model = fitting.find((one) => one.factor * stretch >= wanted) ?? fitting.at(-1);
  if (!model) throw noModel(models, degradation);
  const output = model.outputs.find(({ id }) => id === quality);
  if (!output) throw noOutput(model, quality);
  return { model, output };
}

function noModel(models: readonly NetworkModel[], degradation: string): SidelightError {
  const others = [...new Set(models.map((model) => model.degradation))];
  return new SidelightError(
    'model-missing',
    `There is no DAGF model for targets of the kind “${degradation}”.`,
    others.length === 0
      ? 'Install Sidelight again: its folder “models” holds no DAGF model. The guided filter works without one.'
      : `Set “degradation” to ${others.join(' or ')}, or use the guided filter, which needs no model.`,
    { degradation },
  );
}

const noOutput = (model: NetworkModel, quality: string) =>
  new SidelightError(
    'model-missing',
    `The DAGF model “${model.title}” has no output of the quality “${quality}”.`,
    `Set “quality” to ${model.outputs.map(({ id }) => id).join(' or ')}.`,
    { model: model.id, quality },
  );
