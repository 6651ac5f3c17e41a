import { expect, it } from 'vitest';
import type { Rect } from '../../contract/geometry';
import { createRaster, type Raster } from '../../raster/raster';
import { completeParameters } from '../../recipe/parameters';
import { autoRetouch } from '../autoRetouch';
import { dgf } from '../dgf';
import type { DgfModel } from '../networkModel';
import { cloneModel, exactLayer, reducedOf } from '../testing/clones';
import { edgedNoise, inputOf, largestDifference, noNetworks } from '../testing/filterInputs';

/** A network that is told the texture inside the pixels of its draft's copy, and the draft. */
const model = { ...cloneModel('b', 64), operator: 'auto-retouch', texture: true, draft: 128 };
const parameters = completeParameters(dgf.description, { operator: 'auto-retouch', variant: 'b' });
/** The draft's copy is 192 by 128, and of two by two of its pixels comes one of the small copy. */
const photo = edgedNoise(384, 256, 3, 4);
/** Neither the overview's values nor the photo's reach as far. */
const known = { min: 0.1, max: 1.7 };
const tile = { x: 20, y: 10, width: 30, height: 20 };

const inputFor = (picture: Raster, region: Rect = tile) => {
  const input = inputOf(picture, picture, region);
  return { ...input, target: { ...input.target, valueRange: known }, guidance: null };
};

/** What the network was given, after two tiles of a picture. */
async function shown(
  picture: Raster,
  asked: DgfModel & { draft: number } = model,
  copies = reducedOf(picture, asked.overview ?? asked.draft),
) {
  const { runtime, small } = exactLayer([asked]);
  const input = { ...inputFor(picture), overview: copies.picture, overviewTexture: copies.texture };
  for (let tiles = 0; tiles < 2; tiles += 1) await dgf.apply(input, parameters, runtime);
  expect(small).toHaveLength(1);
  return small[0]!;
}

/** What auto retouch makes of a copy as a picture of its own, or by the statistics of a larger one. */
const retouched = (copy: Raster, overview: Raster | null = null) =>
  autoRetouch.apply(
    { ...inputFor(copy, { x: 0, y: 0, width: copy.width, height: copy.height }), overview },
    { light: 1, colour: 1 },
    noNetworks,
  );

/** Means over two by two pixels. */
function halved({ data, width, height, channels }: Raster): number[] {
  const size = { width: width / 2, height: height / 2 };
  return Array.from({ length: channels * size.width * size.height }, (_, i) => {
    const [x, y] = [i % size.width, Math.floor(i / size.width)];
    const at = 2 * (y * width + x);
    return (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]!) / 4;
  });
}
const inRange = (values: ArrayLike<number>) =>
  Array.from(values, (value) => (value - known.min) / (known.max - known.min));
const inQuarters = (values: ArrayLike<number>) =>
  Array.from(values, (value) => (4 * value) / (known.max - known.min));

it('a network that is told texture and draft is shown both of one copy, reduced by means to the small one’s size', async () => {
  const copies = reducedOf(photo, 128);
  const { picture, texture, draft } = await shown(photo);
  const size = { channels: 3, width: 96, height: 64 };
  for (const given of [picture, texture, draft]) expect(given).toMatchObject(size);
  expect(largestDifference(picture!.data, inRange(halved(copies.picture)))).toBeLessThan(1e-6);
  expect(largestDifference(texture!.data, inQuarters(halved(copies.texture!)))).toBeLessThan(1e-6);
  expect(largestDifference(draft!.data, inRange(halved(await retouched(copies.picture))))).toBeLessThan(1e-5);
  // It is not that inside the small copy's own pixels.
  const own = inQuarters(reducedOf(photo, 64).texture!.data);
  expect(largestDifference(texture!.data, own)).toBeGreaterThan(0.1);
});

it('of an overview larger than the draft’s copy all are reduced to that first, and from there to the small copy’s size', async () => {
  const large = edgedNoise(768, 512, 3, 4);
  const copies = reducedOf(large, 256);
  const found = await shown(large, { ...model, overview: 256 });
  const half = (raster: Raster) =>
    createRaster({ ...raster, width: 192, height: 128, data: Float32Array.from(halved(raster)) });
  const [copy, texture] = [half(copies.picture), half(copies.texture!)];
  expect(largestDifference(found.picture!.data, inRange(halved(copy)))).toBeLessThan(1e-6);
  expect(largestDifference(found.texture!.data, inQuarters(halved(texture)))).toBeLessThan(1e-6);
  const draft = inRange(halved(await retouched(copy, copies.picture)));
  expect(largestDifference(found.draft!.data, draft)).toBeLessThan(1e-5);
  const byItsOwn = inRange(halved(await retouched(copy)));
  expect(largestDifference(found.draft!.data, byItsOwn)).toBeGreaterThan(1e-3);
  // It is not that inside the pixels of the draft's copy.
  const ofDraft = inQuarters(halved(reducedOf(large, 128).texture!));
  expect(largestDifference(found.texture!.data, ofDraft)).toBeGreaterThan(0.03);
});

it('they are as they were computed where the picture is smaller than any copy, or the small copy is the draft’s', async () => {
  const little = edgedNoise(60, 40, 3, 7);
  for (const [picture, draft] of [
    [little, 128],
    [photo, 64],
  ] as const) {
    const copies = reducedOf(picture, draft);
    const found = await shown(picture, { ...model, draft });
    expect(largestDifference(found.picture!.data, inRange(copies.picture.data))).toBeLessThan(1e-6);
    expect(largestDifference(found.texture!.data, inQuarters(copies.texture!.data))).toBeLessThan(1e-6);
    const made = await retouched(copies.picture);
    expect(largestDifference(found.draft!.data, inRange(made.data))).toBeLessThan(1e-5);
    const seen = await shown(picture, { ...model, draft, overview: draft }, copies);
    expect(seen).toEqual(found);
  }
});

it('a grey picture’s texture is that of its one channel', async () => {
  const grey = edgedNoise(384, 256, 1, 5);
  const { picture, texture } = await shown(grey);
  const copies = reducedOf(grey, 128);
  const one = inRange(halved(copies.picture));
  expect(largestDifference(picture!.data, [...one, ...one, ...one])).toBeLessThan(1e-6);
  expect(largestDifference(texture!.data, inQuarters(halved(copies.texture!)))).toBeLessThan(1e-6);
});

it('needs the texture beside the draft where it is told it, and asks for both of one copy', async () => {
  const copies = { ...reducedOf(photo, 128), texture: null };
  await expect(shown(photo, model, copies)).rejects.toThrow(TypeError);
  const context = { factor: { x: 1, y: 1 }, noise: 0, models: () => [model] };
  expect(dgf.tileNeeds(parameters, context).overview).toEqual({ shortSide: 128, texture: true });
});

it('a network without a draft is shown overview and texture as they are', async () => {
  const textured = { ...model, draft: null };
  const copies = reducedOf(photo, 64);
  const { runtime, small } = exactLayer([textured]);
  const input = { ...inputFor(photo), overview: copies.picture, overviewTexture: copies.texture };
  await dgf.apply(input, parameters, runtime);
  expect(Object.keys(small[0]!).toSorted()).toEqual(['picture', 'texture']);
  expect(largestDifference(small[0]!.picture!.data, inRange(copies.picture.data))).toBeLessThan(1e-6);
  expect(largestDifference(small[0]!.texture!.data, inQuarters(copies.texture!.data))).toBeLessThan(1e-6);
});
