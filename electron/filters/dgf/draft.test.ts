import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { ParameterValues } from '../../contract/filters';
import type { Rect, Size } from '../../contract/geometry';
import { cropRaster } from '../../raster/crop';
import { createRaster, type Raster } from '../../raster/raster';
import { overviewSize, reducedByMeans } from '../../raster/reduceArea';
import { completeParameters } from '../../recipe/parameters';
import { autoRetouch } from '../autoRetouch';
import { dgf } from '../dgf';
import type { FilterRuntime } from '../filter';
import { hazeRemoval } from '../hazeRemoval';
import { l0Smoothing } from '../l0Smoothing';
import { withDetailOfPicture } from '../style/pictureDetail';
import { styleTransfer } from '../styleTransfer';
import { cloneModel, exactLayer, overviewOf, reducedOf } from '../testing/clones';
import { edgedNoise, inputOf, largestDifference, noNetworks } from '../testing/filterInputs';

const model = { ...cloneModel('b', 64), title: 'Retouch b', operator: 'auto-retouch', draft: 128 };
const parameters = completeParameters(dgf.description, { operator: 'auto-retouch', variant: 'b' });
const photo = edgedNoise(300, 200, 3, 4);
/** Neither the overview's values nor the photo's reach as far. */
const known = { min: 0, max: 1.6 };

/** Where nothing else is said. */
const tile = { x: 20, y: 10, width: 30, height: 20 };

const inputFor = (picture: Raster, region: Rect = tile) => {
  const input = inputOf(picture, picture, region);
  return { ...input, target: { ...input.target, valueRange: known }, guidance: null };
};
const filtered = (
  picture: Raster,
  overview: Raster,
  runtime: FilterRuntime,
  region?: Rect,
  chosen: ParameterValues = {},
) => dgf.apply({ ...inputFor(picture, region), overview }, { ...parameters, ...chosen }, runtime);

/** The same network where the operator goes by the statistics of a larger copy than it is computed on. */
const byLarger = { ...model, draft: 96, overview: 160 };

/** From the definition: auto retouch of the overview as a picture of its own, with the whole target's range. */
async function draftOf(overview: Raster, size: Size, light = 1): Promise<Raster> {
  const retouched = await autoRetouch.apply(
    inputFor(overview, { x: 0, y: 0, width: overview.width, height: overview.height }),
    { light, colour: 1 },
    noNetworks,
  );
  return reducedByMeans(retouched, size);
}
const inRange = ({ data }: Raster) => data.map((value) => value / known.max);

let operator: MockInstance<typeof autoRetouch.apply>;
beforeEach(() => {
  operator = vi.spyOn(autoRetouch, 'apply');
});
afterEach(() => operator.mockRestore());

describe('a network with a draft', () => {
  it('is shown the overview and what the operator makes of it, both at the small copy’s size', async () => {
    const overview = overviewOf(photo, 128);
    const { runtime, small } = exactLayer([model]);
    await filtered(photo, overview, runtime);
    const size = { width: 96, height: 64 };
    expect(Object.keys(small[0]!).toSorted()).toEqual(['draft', 'picture']);
    const { picture, draft } = small[0]!;
    expect(picture).toMatchObject({ channels: 3, ...size });
    expect(draft).toMatchObject({ channels: 3, ...size });
    expect(largestDifference(picture!.data, inRange(reducedByMeans(overview, size)))).toBeLessThan(1e-6);
    const expected = inRange(await draftOf(overview, size));
    expect(largestDifference(draft!.data, expected)).toBeLessThan(1e-6);
    expect(largestDifference(draft!.data, picture!.data)).toBeGreaterThan(0.05);
  });

  it('has the operator computed once for all tiles, and they agree with the whole', async () => {
    const overview = overviewOf(photo, 128);
    const { runtime, runs } = exactLayer([model]);
    const whole = await filtered(photo, overview, runtime, { x: 0, y: 0, width: 300, height: 200 });
    for (const region of [tile, { x: 270, y: 150, width: 30, height: 50 }]) {
      const part = await filtered(photo, overview, runtime, region);
      expect(largestDifference(part.data, cropRaster(whole, region).data)).toBeLessThan(1e-5);
    }
    expect(runs.filter((output) => output === 'coefficients')).toHaveLength(1);
    expect(operator).toHaveBeenCalledTimes(1);
  });

  it('has it from the picture itself where that is smaller than any copy', async () => {
    const picture = edgedNoise(60, 40, 3, 7);
    const overview = overviewOf(picture, 128);
    const { runtime, small } = exactLayer([model]);
    await filtered(picture, overview, runtime);
    expect(overviewSize(picture, 64)).toEqual({ width: 60, height: 40 });
    expect(largestDifference(small[0]!.picture!.data, inRange(picture))).toBeLessThan(1e-6);
    const expected = inRange(await draftOf(overview, overview));
    expect(largestDifference(small[0]!.draft!.data, expected)).toBeLessThan(1e-6);
  });

  it('is given one channel three times', async () => {
    const grey = edgedNoise(300, 200, 1, 5);
    const overview = overviewOf(grey, 128);
    const { runtime, small } = exactLayer([model]);
    const result = await filtered(grey, overview, runtime);
    expect(result.channels).toBe(1);
    const { draft } = small[0]!;
    const one = inRange(await draftOf(overview, { width: 96, height: 64 }));
    expect(largestDifference(draft!.data, [...one, ...one, ...one])).toBeLessThan(1e-6);
  });

  it('hears while the operator works that it is to stop, and has it computed anew afterwards', async () => {
    const overview = overviewOf(photo, 128);
    const { runtime, runs } = exactLayer([model]);
    const controller = new AbortController();
    const stopped = filtered(photo, overview, { ...runtime, signal: controller.signal });
    controller.abort(new Error('Enough.'));
    await expect(stopped).rejects.toThrow('Enough.');
    expect(operator).toHaveBeenCalledTimes(1);
    expect(runs).toEqual([]);
    await filtered(photo, overview, runtime);
    expect(operator).toHaveBeenCalledTimes(2);
  });

  it('has it computed anew for a tile that waited for what another view’s cancel ended', async () => {
    const overview = overviewOf(photo, 128);
    const { runtime } = exactLayer([model]);
    const controller = new AbortController();
    const stopped = filtered(photo, overview, { ...runtime, signal: controller.signal });
    const waiting = filtered(photo, overview, runtime);
    controller.abort(new Error('Enough.'));
    await expect(stopped).rejects.toThrow('Enough.');
    await expect(waiting).resolves.toMatchObject({ width: tile.width });
    expect(operator).toHaveBeenCalledTimes(2);
  });

  it('shares it with other variants', async () => {
    const overview = overviewOf(photo, 128);
    const { runtime, runs } = exactLayer([model, { ...model, id: 'other', variant: 'cb' as const }]);
    for (const variant of ['b', 'cb']) await filtered(photo, overview, runtime, tile, { variant });
    expect(runs.filter((output) => output === 'coefficients')).toHaveLength(2);
    expect(operator).toHaveBeenCalledTimes(1);
  });

  it('has the draft made with what is chosen of the operator’s parameters, and the rest at its defaults', async () => {
    const overview = overviewOf(photo, 128);
    const { runtime, small } = exactLayer([model]);
    await filtered(photo, overview, runtime, tile, { light: 0.25 });
    const expected = inRange(await draftOf(overview, { width: 96, height: 64 }, 0.25));
    expect(largestDifference(small[0]!.draft!.data, expected)).toBeLessThan(1e-6);
    const usual = inRange(await draftOf(overview, { width: 96, height: 64 }));
    expect(largestDifference(small[0]!.draft!.data, usual)).toBeGreaterThan(0.05);

    await filtered(photo, overview, runtime, tile, { lambda: 0.05, colour: 0.5 });
    expect(operator.mock.lastCall?.[1]).toEqual({ light: 1, colour: 0.5 });
  });

  it('has it made with what the network is told, too, as in its training', async () => {
    const smooth = vi.spyOn(l0Smoothing, 'apply');
    const conditions = [{ name: 'lambda', min: 0.005, max: 0.08, scale: 'log' as const }];
    const { runtime, told } = exactLayer([{ ...model, operator: 'l0-smoothing', conditions }]);
    await filtered(photo, overviewOf(photo, 128), runtime, tile, { operator: 'l0-smoothing', lambda: 0.08 });
    expect(smooth.mock.lastCall?.[1]).toMatchObject({ lambda: 0.08 });
    expect(told[0]).toEqual([1]);
    smooth.mockRestore();
  });

  it('has what is meant for a pixel of the picture meant for fewer of the copy’s', async () => {
    const hazy = vi.spyOn(hazeRemoval, 'apply');
    const { runtime } = exactLayer([{ ...model, operator: 'haze-removal' }]);
    await filtered(photo, overviewOf(photo, 50), runtime, tile, { operator: 'haze-removal', flatness: 0.02 });
    expect(hazy.mock.lastCall?.[1]).toMatchObject({ kept: 0.06, flatness: 0.08 });

    const { runtime: another } = exactLayer([{ ...byLarger, draft: 80, operator: 'haze-removal' }]);
    const larger = overviewOf(photo, 160);
    await filtered(photo, larger, another, tile, { operator: 'haze-removal', flatness: 0.02 });
    expect(hazy.mock.lastCall?.[0]).toMatchObject({ whole: { width: 120, height: 80 }, overview: larger });
    expect(hazy.mock.lastCall?.[1]).toMatchObject({ flatness: 0.05 });
    hazy.mockRestore();
  });

  it('has style transfer’s detail as strong as the picture’s own', async () => {
    const styled = vi.spyOn(styleTransfer, 'apply');
    const { runtime } = exactLayer([{ ...model, operator: 'style-transfer', texture: true }]);
    const overview = overviewOf(photo, 50);
    const overviewTexture = createRaster({ ...overview, data: overview.data.map(() => 0.1) });
    const chosen = { ...parameters, operator: 'style-transfer', detail: 2 };
    await dgf.apply({ ...inputFor(photo), overview, overviewTexture }, chosen, runtime);
    const { detail } = withDetailOfPicture({ detail: 2 }, overview, overviewTexture);
    expect(styled.mock.lastCall?.[1]).toMatchObject({ rounds: 4, detail });

    const another = { ...byLarger, operator: 'style-transfer', texture: true };
    const copies = reducedOf(photo, 160);
    const given = { ...inputFor(photo), overview: copies.picture, overviewTexture: copies.texture };
    await dgf.apply(given, chosen, exactLayer([another]).runtime);
    const size = { width: 144, height: 96 };
    const [copy, texture] = [copies.picture, copies.texture!].map((raster) => reducedByMeans(raster, size));
    const onCopy = withDetailOfPicture({ detail: 2 }, copy!, texture!);
    expect(styled.mock.lastCall?.[1]).toMatchObject(onCopy);
    styled.mockRestore();
  });

  it('has it made on a copy of the overview, by the statistics of that one, where its model says so', async () => {
    // Dark but for single bright pixels, which means over areas blur.
    const data = photo.data.map((value, i) => (i % 7 === 0 ? value : value / 4));
    const picture = createRaster({ ...photo, data });
    const overview = overviewOf(picture, 160);
    const { runtime, small } = exactLayer([byLarger]);
    await filtered(picture, overview, runtime);
    const copy = reducedByMeans(overview, { width: 144, height: 96 });
    const made = (larger: Raster | null) =>
      autoRetouch.apply(
        { ...inputFor(copy, { ...copy, x: 0, y: 0 }), overview: larger },
        { light: 1, colour: 1 },
        noNetworks,
      );
    expect(operator).toHaveBeenCalledTimes(1);
    const size = { width: 96, height: 64 };
    const expected = inRange(reducedByMeans(await made(overview), size));
    expect(small[0]!.draft).toMatchObject(size);
    expect(largestDifference(small[0]!.draft!.data, expected)).toBeLessThan(1e-6);
    const byItsOwn = inRange(reducedByMeans(await made(null), size));
    expect(largestDifference(small[0]!.draft!.data, byItsOwn)).toBeGreaterThan(0.01);
    expect(largestDifference(small[0]!.picture!.data, inRange(reducedByMeans(copy, size)))).toBeLessThan(
      1e-6,
    );
  });

  it('hands the operator no overview where its model has none', async () => {
    await filtered(photo, overviewOf(photo, 128), exactLayer([model]).runtime);
    expect(operator.mock.lastCall?.[0]).toMatchObject({ overview: null, whole: { width: 192, height: 128 } });
  });

  it('shares no draft with models that have theirs on another copy or by other statistics', async () => {
    const overview = overviewOf(photo, 160);
    const others = [
      { ...byLarger, variant: 's' as const },
      { ...byLarger, variant: 'b' as const, draft: 128 },
      { ...byLarger, variant: 'cb' as const, draft: 160 },
      { ...byLarger, variant: 'c' as const, draft: 160, overview: null },
    ];
    const { runtime, small } = exactLayer(others.map((other) => ({ ...other, id: other.variant })));
    for (const { variant } of others) await filtered(photo, overview, runtime, tile, { variant, side: '64' });
    expect(small).toHaveLength(4);
    expect(operator.mock.calls.map(([input]) => [input.whole.height, input.overview?.height])).toEqual([
      [96, 160],
      [128, 160],
      [160, 160],
      [160, undefined],
    ]);
  });

  it('is asked anew when what its draft is made with changes, and not when that goes back', async () => {
    const overview = overviewOf(photo, 128);
    const { runtime, runs } = exactLayer([model]);
    for (const light of [1, 0.5, 1, 0.5]) await filtered(photo, overview, runtime, tile, { light });
    // What it does not go by.
    await filtered(photo, overview, runtime, tile, { light: 0.5, kept: 0.2 });
    expect(operator).toHaveBeenCalledTimes(2);
    expect(runs.filter((output) => output === 'coefficients')).toHaveLength(2);
  });

  it('does not say how far the operator is: that is not how far the picture is', async () => {
    const progress = vi.fn();
    await filtered(photo, overviewOf(photo, 128), { ...exactLayer([model]).runtime, progress });
    expect(operator).toHaveBeenCalledTimes(1);
    expect(progress).not.toHaveBeenCalled();
  });

  it('needs an operator that is there', async () => {
    const unknown = { ...model, operator: 'sharpening' };
    const input = { ...inputFor(photo), overview: overviewOf(photo, 128) };
    const chosen = { ...parameters, operator: 'sharpening' };
    await expect(dgf.apply(input, chosen, exactLayer([unknown]).runtime)).rejects.toThrow(TypeError);
  });

  it('asks for the copy by whose statistics the operator is computed, with its texture', () => {
    for (const texture of [false, true]) {
      const context = { factor: { x: 1, y: 1 }, noise: 0, models: () => [{ ...byLarger, texture }] };
      expect(dgf.tileNeeds(parameters, context).overview).toEqual({ shortSide: 160, texture });
    }
  });

  it('asks for the copy that the operator is computed on, and says so', () => {
    const context = { factor: { x: 1, y: 1 }, noise: 0, models: () => [model] };
    expect(dgf.tileNeeds(parameters, context)).toMatchObject({
      reach: 0,
      overview: { shortSide: 128, texture: false },
    });
    expect(dgf.notices?.(parameters, context)).toEqual([
      'The deep guided filter uses its model “Retouch b”. “Auto retouch” itself is computed first, on a copy whose short side has 128 pixels.',
    ]);
  });
});

it('a network without a draft is shown the overview as it is, whatever is chosen, and the operator is left alone', async () => {
  const overview = overviewOf(photo, 64);
  const { runtime, small } = exactLayer([{ ...model, draft: null }]);
  for (const light of [1, 0.5]) await filtered(photo, overview, runtime, tile, { light });
  expect(small.map((inputs) => Object.keys(inputs))).toEqual([['picture']]);
  expect(operator).not.toHaveBeenCalled();
});
