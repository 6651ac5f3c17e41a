import type { ParameterValues } from '../../contract/filters';
import type { Raster } from '../../raster/raster';
import type { FilterInput, FilterRuntime, NetworkTensor } from '../filter';
import type { DgfModel } from '../networkModel';
import { pictureRange } from '../pictureRange';
import { copySides, reducedInTurn } from './copySides';
import { draftOf } from './draft';
import { pictureTensor } from './pictureTensor';
import { textureOf } from './texture';

/**
 * All that the network of a small copy is shown of a picture, by the names of its inputs, on one grid: `picture` and, of a model that
 * is told them, `texture` and `draft`. Without a draft that grid is the overview's. With one the overview is the larger copy that the
 * operator itself is computed on, or by whose statistics it is: picture, the texture inside that copy's pixels and the draft are
 * reduced by means to the small copy's size, by way of the draft's.
 * @param made what the draft is made with (`draftParameters`); null without one
 * @throws TypeError where the engine was not asked for the texture, or there is no such operator; what the operator throws, so the
 * signal's reason once that was aborted
 */
export async function smallCopies(
  overview: Raster,
  model: DgfModel,
  made: ParameterValues | null,
  input: Pick<FilterInput, 'target' | 'whole' | 'overviewTexture'>,
  runtime: FilterRuntime,
): Promise<Record<string, NetworkTensor>> {
  const range = pictureRange(input.target);
  const [, ...smaller] = copySides(model);
  const reduced = (copy: Raster) => reducedInTurn(copy, smaller, input.whole);
  const shown = {
    picture: pictureTensor(reduced(overview), range),
    ...(model.texture && {
      texture: textureOf(input.overviewTexture && reduced(input.overviewTexture), range),
    }),
  };
  if (made === null) return shown;
  const draft = await draftOf(overview, model, made, input, runtime);
  return { ...shown, draft: pictureTensor(reduced(draft), range) };
}
