import { describe, expect, it } from 'vitest';
import { cropRaster } from '../raster/crop';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import { autoRetouch } from './autoRetouch';
import reference from './fixtures/scipy_auto_retouch.json';
import { cancelledAfter, largestDifference, noNetworks, onUnitValues } from './testing/filterInputs';
import { lumaOf } from './tone/luma';

const filter = onUnitValues(autoRetouch);

const [width, height] = [80, 60];
const pixels = width * height;

/** A colour picture whose channels are functions of the place, x and y within 0…1. */
function scene(...channels: ((x: number, y: number) => number)[]): Raster {
  const data = channels.flatMap((value) =>
    Array.from({ length: pixels }, (_, i) => value((i % width) / width, Math.floor(i / width) / height)),
  );
  return createRaster({
    width,
    height,
    channels: channels.length as 1 | 3,
    data: Float32Array.from(data, (value) => Math.min(1, Math.max(0, value))),
  });
}

/** All tones once, evenly; something of every colour. */
const wellExposed = scene(
  (x, y) => x + 0.3 * Math.sin(19 * y),
  (x, y) => x + 0.3 * Math.sin(19 * y + 2),
  (x, y) => x + 0.3 * Math.sin(19 * y + 4),
);

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const encoded = (light: number) => (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
/** As if the shutter had been open for another time. */
const exposed = (raster: Raster, stops: number) =>
  createRaster({
    ...raster,
    data: raster.data.map((value) => encoded(Math.min(1, 2 ** stops * linear(value)))),
  });
const mean = (values: Iterable<number>) => {
  const all = [...values];
  return all.reduce((sum, value) => sum + value, 0) / all.length;
};
const meanDifference = (a: Raster, b: Raster) => mean(a.data.map((value, i) => Math.abs(value - b.data[i]!)));
const colourAt = (raster: Raster, i: number) =>
  [0, 1, 2].map((c) => channelOf(raster, c)[i]!) as [number, number, number];

describe('auto retouch', () => {
  it.each(reference.cases)('agrees with scipy: $name', async ({ settings, target, result, grey }) => {
    const size = { width: reference.width, height: reference.height };
    const colour = createRaster({ ...size, channels: 3, data: Float32Array.from(target) });
    expect(largestDifference((await filter(colour, settings)).data, result)).toBeLessThan(1e-5);
    expect(largestDifference(target, result)).toBeGreaterThan(0.01);
    const single = createRaster({ ...size, channels: 1, data: channelOf(colour, 0) });
    expect(largestDifference((await filter(single, settings)).data, grey)).toBeLessThan(1e-5);
  });

  it.each(reference.cases)(
    'does to pixels what scipy does to the larger picture that they are of: $name',
    async ({ settings, target, result, grey }) => {
      const size = { width: reference.width, height: reference.height };
      // All that is beyond counts as the ends do.
      const data = Float32Array.from(target, (value) => (value === 0 ? -0.3 : value === 1 ? 1.4 : value));
      const part = { x: 3, y: 4, width: 8, height: 7 };
      const wholes = [
        { picture: createRaster({ ...size, channels: 3, data }), expected: result },
        {
          picture: createRaster({ ...size, channels: 1, data: data.slice(0, data.length / 3) }),
          expected: grey,
        },
      ];
      for (const { picture, expected } of wholes) {
        const pixels = cropRaster(picture, part);
        const inside = cropRaster({ ...picture, data: Float32Array.from(expected) }, part);
        const changed = await filter(pixels, settings, noNetworks, picture);
        expect(largestDifference(changed.data, inside.data)).toBeLessThan(1e-5);
        expect(largestDifference((await filter(pixels, settings)).data, inside.data)).toBeGreaterThan(0.01);
      }
    },
  );

  it('goes by its own statistics unless an overview is larger, and asks for none', async () => {
    const context = { factor: { x: 1, y: 1 }, noise: 0, models: () => [] };
    expect(autoRetouch.tileNeeds({ light: 1, colour: 1 }, context).overview).toBeUndefined();
    const dark = exposed(wellExposed, -1);
    const small = cropRaster(dark, { x: 0, y: 0, width: 16, height: 12 });
    expect((await filter(dark, {}, noNetworks, small)).data).toEqual((await filter(dark)).data);
  });

  it('leaves a well exposed picture nearly as it is, and any at strength 0 exactly', async () => {
    expect(meanDifference(await filter(wellExposed), wellExposed)).toBeLessThan(0.01);
    const dark = exposed(wellExposed, -2);
    expect((await filter(dark, { light: 0, colour: 0 })).data).toEqual(dark.data);
  });

  it.each([-1.5, -1, -0.5])('makes up for %d stops of exposure', async (stops) => {
    const other = exposed(wellExposed, stops);
    const [restored, kept] = [await filter(other), await filter(wellExposed)];
    expect(meanDifference(restored, kept)).toBeLessThan(0.65 * meanDifference(other, wellExposed));
  });

  it('has little left to do when it is done again', async () => {
    const dark = exposed(wellExposed, -1);
    const once = await filter(dark);
    expect(meanDifference(await filter(once), once)).toBeLessThan(0.35 * meanDifference(once, dark));
    const good = await filter(wellExposed);
    expect(meanDifference(await filter(good), good)).toBeLessThan(0.01);
  });

  it.each([0.15, 0.4, 1])('never turns tones round, be the range %d of the whole', async (range) => {
    const ramp = scene((x, y) => 0.5 + range * (x + y / width - 0.5));
    const { data } = await filter(ramp);
    const order = [...ramp.data.keys()].sort((a, b) => ramp.data[a]! - ramp.data[b]!);
    for (const [rank, i] of order.entries()) {
      if (rank === 0) continue;
      const before = order[rank - 1]!;
      expect(data[i]! - data[before]!).toBeGreaterThanOrEqual(0);
      // Three times as steep as the lines between its points is what a monotone cubic can be at most.
      expect(data[i]! - data[before]!).toBeLessThan(6 * (ramp.data[i]! - ramp.data[before]!) + 1e-6);
    }
    expect(Math.max(...data)).toBeLessThanOrEqual(1);
    expect(Math.min(...data)).toBeGreaterThanOrEqual(0);
  });

  it('keeps grey grey, black black and white white', async () => {
    const ramp = (x: number) => (x < 0.1 ? 0 : x > 0.9 ? 1 : 0.4 * x);
    const { data } = await filter(scene(ramp, ramp, ramp));
    for (const i of [0, 1, 2])
      expect(
        largestDifference(data.subarray(i * pixels, (i + 1) * pixels), data.subarray(0, pixels)),
      ).toBeLessThan(1e-6);
    expect([data[0], data[width - 1]]).toEqual([0, 1]);
  });

  it('takes a cast out of grey, and leaves a colour that fills the picture', async () => {
    const warm = scene(
      (x) => 0.1 + 0.8 * x + 0.02,
      (x) => 0.1 + 0.8 * x,
      (x) => 0.1 + 0.8 * x - 0.02,
    );
    const casts = (raster: Raster) => mean(channelOf(raster, 0)) - mean(channelOf(raster, 2));
    expect(casts(await filter(warm))).toBeLessThan(0.35 * casts(warm));
    const red = scene(
      (x) => 0.5 + 0.3 * x,
      (x) => 0.2 * x,
      (x) => 0.1 + 0.1 * x,
    );
    expect(casts(await filter(red, { light: 0 }))).toBeGreaterThan(0.97 * casts(red));
  });

  it('keeps hues and clips no channel, however bright it makes them', async () => {
    const muted = scene(
      (x, y) => 0.04 + 0.4 * x + 0.1 * y,
      (x) => 0.04 + 0.4 * x,
      (x, y) => 0.04 + 0.4 * x - 0.03 * y,
    );
    const result = await filter(muted, { colour: 0 });
    for (let i = 0; i < pixels; i += 17) {
      const [before, after] = [colourAt(muted, i), colourAt(result, i)];
      const chromas = [before, after].map((colour) => colour.map((value) => value - lumaOf(...colour)));
      const [sum, other] = chromas.map((chroma) => Math.hypot(...chroma)) as [number, number];
      if (sum < 0.01) continue;
      const along = chromas[0]!.reduce((dot, value, c) => dot + value * chromas[1]![c]!, 0);
      expect(along).toBeCloseTo(sum * other, 5);
      expect(lumaOf(...after)).toBeGreaterThan(lumaOf(...before) - 0.05);
    }
    expect([...result.data].filter((value) => value === 1 || value === 0)).toEqual([]);
  });

  it('does nothing sudden to a picture of one colour, of one pixel or of black', async () => {
    for (const value of [0, 0.5, 1]) {
      const flat = scene(
        () => value,
        () => value,
        () => value,
      );
      const { data } = await filter(flat);
      expect(largestDifference(data, flat.data)).toBeLessThan(0.1);
    }
    const one = createRaster({ width: 1, height: 1, channels: 3, data: Float32Array.of(0.2, 0.4, 0.3) });
    expect([...(await filter(one)).data].every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('stops between its stages, and says how far it is', async () => {
    const { runtime, shares } = cancelledAfter(1);
    await expect(filter(wellExposed, {}, runtime)).rejects.toThrow('Enough.');
    expect(shares).toEqual([0.6]);
  });
});
