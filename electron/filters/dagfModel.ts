import { SidelightError } from '../contract/errors';
import type { ParameterValues } from '../contract/filters';
import type { FilterContext } from './filter';
import { type DagfModel, lowNoise, modelsOf } from './networkModel';
import { choiceValue } from './values';

/** Result pixels per target pixel along both axes. */
export type Factor = FilterContext['factor'];

/** A model, and the one of its outputs that is wanted. */
export interface ModelOutput {
  readonly model: DagfModel;
  readonly output: DagfModel['outputs'][number];
}

export interface ChosenModel extends ModelOutput {
  /** The one of the model's factors it is used for. */
  readonly factor: number;
  /** What removes the target's noise on its own grid first; null where nothing does. */
  readonly denoiser: ModelOutput | null;
}

/** One enlargement factor for both axes. */
export const geometricFactor = (factor: Factor) => Math.sqrt(factor.x * factor.y);

/** A model stands a target this much smaller than it was trained for; beyond, a larger model does better. */
const stretch = 1.06;

/**
 * Below this factor a target is cleaned on the guidance's grid and not sharpened: reducing it to what the others know may take
 * more from it than they give back. Ratio of RMSE to bicubic on four validation scenes with the weights for ×4 on the reduced
 * target: ×1.2 0.40–1.28, ×1.35 0.36–1.08, ×1.5 0.32–0.98, ×1.75 0.31–0.84; with those for denoising 1.00, and 0.42–0.83 with
 * noise of 3 % of the range.
 */
export const leastFactor = 1.45;

/**
 * From this noise on, as a share of the range, weights trained on noisy targets do better. On four validation scenes with seven
 * strengths of noise the two kinds of weights were level at estimates of 0–0.92 % for ×4, 0.4–1.1 % for ×8 and 0.57–1.7 % for ×16; what
 * this choice costs, against the better kind each time, is least at 0.60 % for ×4 (0.6 % more error in the mean; 2.0 % at 0.40 %) and at
 * 0.55 to 0.70 % for ×16 (0.4 %), and for ×8 their means are level at 0.58 %. Clean targets are estimated at up to 0.14, 0.30 and 0.99 %.
 * That was before the last training; since, their means are level at 0.43, 0.46 and 0.50 % of true noise, which estimates exceed.
 */
export const noisyFrom = 0.006;

/** The degradations that a user can name. */
const settableDegradations = ['bicubic', 'nearest', 'texture'] as const;

/** For qualities that have networks of their own: which variants serve them, the best first. */
const variantsFor: Readonly<Record<string, readonly DagfModel['variant'][]>> = {
  fast: ['fast', 'standard'],
  wide: ['wide', 'standard'],
  ensemble: ['wide', 'standard'],
};
const variantsOf = (parameters: ParameterValues) =>
  variantsFor[choiceValue(parameters, 'quality')] ?? ['standard'];

/** What the settings and the target ask of the weights. */
interface Need {
  readonly degradation: string;
  readonly noisy: boolean;
  readonly sameGrid: boolean;
}

/**
 * Which weights serve what, the best first: the first that are there for the factor are taken. Specialised weights come before
 * blind ones, which know every degradation a little.
 */
const rules: readonly { readonly weights: string; readonly serve: (need: Need) => boolean }[] = [
  { weights: 'texture', serve: ({ degradation }) => degradation === 'texture' },
  { weights: 'noise', serve: ({ degradation, sameGrid }) => sameGrid && degradation !== 'texture' },
  { weights: 'noisy', serve: ({ degradation, noisy }) => noisy && degradation === 'bicubic' },
  { weights: 'nearest', serve: ({ degradation }) => degradation === 'nearest' },
  { weights: 'bicubic', serve: ({ degradation }) => degradation === 'bicubic' },
  { weights: 'blind', serve: ({ degradation }) => degradation === 'bicubic' },
];

/** Whether weights for noisy targets are wanted: as the user says, else by the estimate. */
export function wantsNoisy(parameters: ParameterValues, { noise }: Pick<FilterContext, 'noise'>): boolean {
  const said = choiceValue(parameters, 'noise');
  return said === 'auto' ? noise >= noisyFrom : said === 'noisy';
}

/**
 * The model for a target, by the rules; of its factors the nearest one from above, since a network leaves a target soft that
 * is smaller than it knows, and the largest one where there is none; and its output of the wanted quality.
 * @throws SidelightError model-missing
 */
export function chooseModel(parameters: ParameterValues, context: FilterContext): ChosenModel {
  const models = modelsOf(context.models, 'dagf');
  const degradation = choiceValue(parameters, 'degradation');
  const wanted = geometricFactor(context.factor);
  const need = {
    degradation,
    noisy: wantsNoisy(parameters, context),
    sameGrid: wanted < leastFactor,
  };
  const variants = variantsOf(parameters);
  const suited = rules
    .filter(({ serve }) => serve(need))
    .flatMap(({ weights }) => variants.flatMap((variant) => models.filter(isOf(weights, variant))));
  const factor = suitedFactor(suited, need.sameGrid ? 1 : wanted);
  const model = suited.find(({ factors }) => factors.includes(factor));
  if (!model) throw noModel(models, degradation);
  const denoiser = need.sameGrid ? null : denoiserOf(model, models);
  return { model, factor, output: outputOf(model, choiceValue(parameters, 'quality')), denoiser };
}

/** Cleaning is a small part of the work, the target being small: always at its best. */
function denoiserOf({ title, denoisedBy }: DagfModel, models: readonly DagfModel[]): ModelOutput | null {
  if (denoisedBy === undefined) return null;
  const model = models.find(({ id }) => id === denoisedBy);
  const output = model?.outputs.toSorted((a, b) => a.scale - b.scale).at(-1);
  if (model && output) return { model, output };
  throw new SidelightError(
    'model-missing',
    `The DAGF model “${title}” is for targets that “${denoisedBy}” has cleaned, and there is no such model.`,
    'Install Sidelight again, or set “noise” to none or “quality” to fast.',
    { model: denoisedBy },
  );
}

/** The least factor that the chosen kind of weights is made for. @throws SidelightError model-missing */
export function leastFactorOf(parameters: ParameterValues, context: FilterContext): number {
  const { model } = chooseModel(parameters, context);
  const variants = variantsOf(parameters);
  const alike = modelsOf(context.models, 'dagf').filter(
    ({ degradation, variant }) => degradation === model.degradation && variants.includes(variant),
  );
  return Math.min(...alike.flatMap(({ factors }) => factors));
}

const isOf = (weights: string, variant: string) => (model: DagfModel) =>
  model.degradation === weights && model.variant === variant;

function suitedFactor(models: readonly DagfModel[], wanted: number): number {
  const factors = models.flatMap((model) => model.factors).toSorted((a, b) => a - b);
  return factors.find((factor) => factor * stretch >= wanted) ?? factors.at(-1) ?? 1;
}

/** Networks of a quality's own are used at full size; where there is no fast one, the coarsest output of another is as quick. */
function outputOf(model: DagfModel, quality: string): DagfModel['outputs'][number] {
  const byScale = model.outputs.toSorted((a, b) => a.scale - b.scale);
  const output =
    quality in variantsFor
      ? byScale.at(quality === 'fast' && model.variant !== 'fast' ? 0 : -1)
      : model.outputs.find(({ id }) => id === quality);
  if (!output) throw noOutput(model, quality);
  return output;
}

function noModel(models: readonly DagfModel[], degradation: string): SidelightError {
  const kinds = settableDegradations.filter((kind) => models.some((model) => model.degradation === kind));
  const serving = models.filter((model) => model.degradation !== lowNoise);
  const titles = serving.map(({ title }) => `“${title}”`);
  return new SidelightError(
    'model-missing',
    `There is no DAGF model for targets of the kind “${degradation}”.`,
    kinds.length === 0
      ? 'Install Sidelight again: its folder “models” holds no DAGF model for it. The guided filter works without one.'
      : `Set “degradation” to ${kinds.join(' or ')} (there are ${titles.join(', ')}), or use the guided filter, which needs no model.`,
    { degradation },
  );
}

const noOutput = (model: DagfModel, quality: string) =>
  new SidelightError(
    'model-missing',
    `The DAGF model “${model.title}” has no output of the quality “${quality}”.`,
    `Set “quality” to ${model.outputs.map(({ id }) => id).join(' or ')}.`,
    { model: model.id, quality },
  );
