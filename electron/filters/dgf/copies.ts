import type { ParameterValues } from '../../contract/filters';
import type { Size } from '../../contract/geometry';
import type { DgfModel } from '../networkModel';
import { choiceValue } from '../values';
import { clonedSides, operatorOf, usualSide } from './operators';

/** The size of a copy is left to the filter. */
export const automatic = 'auto';

/** What the small copy's side is chosen from, the coarsest first: finer than what all variants have. */
export const automaticSides: readonly number[] = clonedSides.filter((side) => side > usualSide);

/** So many of a picture's pixels, along each side, to one of its small copy keep the quality, where there is a copy that fine. */
export const mostReduction = 8;

/** Short sides of the copy that a draft is made on, in pixels: as networks with one are trained, and for large pictures. */
export const draftSides = [256, 512] as const;

/** Drafts are made on a copy no finer than this part of the picture, along each side: they are to be much cheaper than its exact result. */
const finestDraft = 0.5;

/**
 * The parameters with the copies that are left to the filter chosen for a picture of this size. With the same ones for all, clones get
 * farther from their operators as pictures grow (ADR 18).
 */
export function withCopies(parameters: ParameterValues, { width, height }: Size): ParameterValues {
  const short = Math.min(width, height);
  const side = automaticSides.find((one) => one * mostReduction >= short) ?? automaticSides.at(-1);
  const [, large] = draftSides;
  return {
    ...parameters,
    ...(choiceValue(parameters, 'side') === automatic && { side: String(side) }),
    ...(choiceValue(parameters, 'draft') === automatic &&
      large <= finestDraft * short && { draft: String(large) }),
  };
}

/**
 * The model with its draft on the copy that is chosen, and by the statistics of one that is larger by as much as where it was trained;
 * as it is where it has none, none is chosen, or there is no choice for its operator.
 */
export function withDraft(model: DgfModel, parameters: ParameterValues): DgfModel {
  const chosen = choiceValue(parameters, 'draft');
  if (model.draft === null || chosen === automatic || !operatorOf(model)?.largeDrafts) return model;
  const draft = Number(chosen);
  return { ...model, draft, overview: model.overview && (model.overview * draft) / model.draft };
}
