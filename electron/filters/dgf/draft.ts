import type { Raster } from '../../raster/raster';
import { overviewSize, reducedByMeans } from '../../raster/reduceArea';
import { defaultParameters } from '../../recipe/parameters';
import type { FilterInput, FilterRuntime } from '../filter';
import type { DgfModel } from '../networkModel';
import { operatorOf } from './operators';

/**
 * What a network of a small copy is shown: the overview; of a model with a draft the overview at the small copy's size, and at that
 * size what the operator itself makes of the overview, at its defaults.
 * @throws what the operator throws, so the signal's reason once that was aborted; TypeError where there is no such operator
 */
export async function smallCopies(
  overview: Raster,
  model: DgfModel,
  input: Pick<FilterInput, 'target' | 'whole'>,
  runtime: FilterRuntime,
): Promise<{ picture: Raster; draft: Raster | null }> {
  const { side, draft } = model;
  if (side === null || draft === null) return { picture: overview, draft: null };
  const size = overviewSize(input.whole, side);
  const made = await madeByOperator(overview, model, input, runtime);
  return { picture: reducedByMeans(overview, size), draft: reducedByMeans(made, size) };
}

/** The overview is a picture of its own for the operator, but what its values mean is the target's matter. */
async function madeByOperator(
  overview: Raster,
  model: DgfModel,
  { target }: Pick<FilterInput, 'target'>,
  runtime: FilterRuntime,
): Promise<Raster> {
  const operator = operatorOf(model)?.operator;
  if (!operator) throw new TypeError(`There is no operator “${model.operator}” to make a draft.`);
  const { width, height } = overview;
  const whole = { width, height };
  return operator.apply(
    {
      region: { x: 0, y: 0, ...whole },
      target: { ...target, raster: overview, offset: { x: 0, y: 0 }, factor: { x: 1, y: 1 }, whole },
      guidance: null,
      overview: null,
      overviewTexture: null,
      prepared: null,
      whole,
    },
    defaultParameters(operator.description),
    // How far it is says little of how far the picture is.
    { ...runtime, progress: () => undefined },
  );
}

/** Goes on after a sentence about the model; empty for one without a draft. */
export const draftNotice = (model: DgfModel): string =>
  model.draft === null
    ? ''
    : ` “${operatorOf(model)?.operator.description.title}” itself is computed first, on a copy whose short side has ${model.draft} pixels.`;
