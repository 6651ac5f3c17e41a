import type { ParameterValues } from '../../contract/filters';
import type { Raster } from '../../raster/raster';
import { defaultParameters } from '../../recipe/parameters';
import { scaledLengths } from '../../recipe/scaledLengths';
import type { FilterInput, FilterRuntime } from '../filter';
import type { DgfModel } from '../networkModel';
import { rememberedBy } from '../remembered';
import { numberValue } from '../values';
import { copySides, reducedInTurn } from './copySides';
import { operatorOf } from './operators';

/**
 * What the operator makes a model's draft with: what the network is told and what its clones follow as it is chosen, the rest at its
 * defaults; null for a model without a draft.
 * @throws TypeError where there is no such operator
 */
export function draftParameters(model: DgfModel, parameters: ParameterValues): ParameterValues | null {
  if (model.draft === null) return null;
  const { operator, followed } = clonedBy(model);
  const chosen = [...model.conditions, ...followed].map(({ name }) => [name, numberValue(parameters, name)]);
  return { ...defaultParameters(operator.description), ...Object.fromEntries(chosen) };
}

function clonedBy(model: DgfModel) {
  const cloned = operatorOf(model);
  if (!cloned) throw new TypeError(`There is no operator “${model.operator}” to make a draft.`);
  return cloned;
}

/** Variants and small copies that are compared have the same draft. */
const remembered = rememberedBy<Raster>();

/**
 * What the operator itself makes of the overview or, where the model has it go by that one's statistics alone, of the smaller copy that the
 * draft is made on; at that one's size, computed once for as long as the overview is there.
 * @param made what it is made with (`draftParameters`)
 * @throws what the operator throws, so the signal's reason once that was aborted; TypeError where there is no such operator
 */
export const draftOf = (
  overview: Raster,
  model: DgfModel,
  made: ParameterValues,
  input: Pick<FilterInput, 'target' | 'whole' | 'overviewTexture'>,
  runtime: FilterRuntime,
): Promise<Raster> =>
  remembered(
    overview,
    [model.operator, model.draft, model.overview, made, input.target.valueRange],
    runtime.signal,
    () => madeByOperator(overview, model, made, input, runtime),
  );

/**
 * The copy is a picture of its own for the operator, but what its values mean is the target's matter, what is meant for a pixel of
 * the picture is meant for fewer of the copy's, and the operator may have more to do otherwise (`onCopy`).
 */
async function madeByOperator(
  overview: Raster,
  model: DgfModel,
  parameters: ParameterValues,
  { target, whole: picture, overviewTexture }: Pick<FilterInput, 'target' | 'whole' | 'overviewTexture'>,
  runtime: FilterRuntime,
): Promise<Raster> {
  const { operator, onCopy } = clonedBy(model);
  // Between the overview and what the network sees; the overview is the draft's own copy where there is none.
  const between = copySides(model).slice(1, -1);
  const copy = reducedInTurn(overview, between, picture);
  const { width, height } = copy;
  const whole = { width, height };
  const reduction = Math.min(width, height) / Math.min(picture.width, picture.height);
  const shortened = scaledLengths(operator.description, parameters, reduction);
  return operator.apply(
    {
      region: { x: 0, y: 0, ...whole },
      target: { ...target, raster: copy, offset: { x: 0, y: 0 }, factor: { x: 1, y: 1 }, whole },
      guidance: null,
      overview: model.overview === null ? null : overview,
      overviewTexture: null,
      prepared: null,
      whole,
    },
    onCopy && overviewTexture
      ? onCopy(shortened, copy, reducedInTurn(overviewTexture, between, picture))
      : shortened,
    // How far it is says little of how far the picture is.
    { ...runtime, progress: () => undefined },
  );
}

/** Goes on after a sentence about the model; empty for one without a draft. */
export const draftNotice = (model: DgfModel): string =>
  model.draft === null
    ? ''
    : ` “${operatorOf(model)?.operator.description.title}” itself is computed first, on a copy whose short side has ${model.draft} pixels.`;
