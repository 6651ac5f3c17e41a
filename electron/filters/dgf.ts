import type { ParameterValues } from '../contract/filters';
import { within } from '../raster/placed';
import type { Raster } from '../raster/raster';
import { coverBicubic, upsampleBicubic } from '../raster/upsample';
import { conditionOf } from './dgf/condition';
import { withCopies } from './dgf/copies';
import { copySides } from './dgf/copySides';
import { dgfDescription } from './dgf/description';
import { draftNotice, draftParameters } from './dgf/draft';
import { asColumns, asRows, interpolation, partOf } from './dgf/enlargement';
import { chooseDgfModel } from './dgf/model';
import { defaultNotices } from './dgf/operatorParameters';
import { operatorOf } from './dgf/operators';
import { pictureTensor } from './dgf/pictureTensor';
import { resultRaster } from './dgf/resultRaster';
import { smallCopies } from './dgf/smallCopies';
import type { Filter, FilterInput, FilterRuntime, NetworkTensor } from './filter';
import type { DgfModel } from './networkModel';
import { pictureRange } from './pictureRange';
import { rememberedBy } from './remembered';

/** Picture, learned guidance with its 16 channels, enlarged coefficients and the result. */
const bytesPerPixel = 4 * (3 + 16 + 3 + 2 * 6 + 2 * 3 + 6);
/** At full resolution: two layers of 24 channels and what the convolutions unfold. */
const bytesPerPixelWhole = 4 * (3 * 24 + 9 * 24);

/** The outputs of a model with a small copy: what is computed of the copy, and what full size makes of it. */
const coefficientsOutput = 'coefficients';
const resultOutput = 'result';

/** Every tile of a picture needs the same coefficients. */
const remembered = rememberedBy<NetworkTensor>();

/** The part of the coefficients under a region, and the weights that enlarge it to the region. */
async function enlargedCoefficients(
  overview: Raster,
  model: DgfModel,
  parameters: ParameterValues,
  input: FilterInput,
  runtime: FilterRuntime,
): Promise<Record<string, NetworkTensor>> {
  const { region, target, whole } = input;
  const range = pictureRange(target);
  const condition = conditionOf(model, parameters);
  const told = condition && Array.from(condition.data);
  const made = draftParameters(model, parameters);
  const coefficients = await remembered(overview, [model.id, range, told, made], runtime.signal, async () => {
    const shown = await smallCopies(overview, model, made, input, runtime);
    return runtime.networks.run(model.id, coefficientsOutput, { ...shown, ...(condition && { condition }) });
  });
  const rows = interpolation(coefficients.height, whole.height, region.y, region.height);
  const columns = interpolation(coefficients.width, whole.width, region.x, region.width);
  return {
    coefficients: partOf(coefficients, rows, columns),
    rows: asRows(rows),
    columns: asColumns(columns),
  };
}

async function apply(
  input: FilterInput,
  parameters: ParameterValues,
  runtime: FilterRuntime,
): Promise<Raster> {
  const { overview, region } = input;
  const model = chooseDgfModel(parameters, { models: (network) => runtime.networks.models(network) });
  const range = pictureRange(input.target);
  if (!(range.max > range.min)) return upsampleBicubic(input.target, region);
  const placed = coverBicubic(input.target, region);
  const part = within(placed, region);
  const condition = conditionOf(model, parameters);
  const inputs = {
    picture: pictureTensor(placed.raster, range, part),
    ...(overview
      ? await enlargedCoefficients(overview, model, parameters, input, runtime)
      : condition && { condition }),
  };
  const result = await runtime.networks.run(model.id, resultOutput, inputs);
  const colourless = operatorOf(model)?.colourless ?? false;
  return resultRaster(result, placed.raster, part, range, colourless);
}

/**
 * Deep guided filtering network (Wu et al., section IV): coefficients A and b from a small copy of the picture, enlarged
 * bilinearly and applied to the picture's guidance map F(I) pixel by pixel (equation 2), so that tiles and the whole agree.
 * A network with a draft corrects what the operator itself makes of a small copy (see `smallCopies`), where the paper's has the
 * picture alone. Values are scaled by `pictureRange`, colours are taken for sRGB. A target coarser than the result is enlarged
 * bicubically.
 */
export const dgf: Filter = {
  description: dgfDescription,
  settled: withCopies,
  tileNeeds(parameters, context) {
    const model = chooseDgfModel(parameters, context);
    const needs = { multiple: 1, network: { model: model.id, output: resultOutput } };
    const [shortSide] = copySides(model);
    if (shortSide !== undefined)
      return { ...needs, reach: 0, bytesPerPixel, overview: { shortSide, texture: model.texture } };
    const reach = Math.max(...model.outputs.map((output) => output.reach));
    return { ...needs, reach, bytesPerPixel: bytesPerPixelWhole };
  },
  notices(parameters, context) {
    const model = chooseDgfModel(parameters, context);
    return [
      `The deep guided filter uses its model “${model.title}”.${draftNotice(model)}`,
      ...defaultNotices(model, parameters),
    ];
  },
  apply,
};
