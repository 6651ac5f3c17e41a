import { describe, expect, it } from 'vitest';
import { cropRaster } from '../raster/crop';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import reference from './fixtures/scipy_haze_removal.json';
import { airLightOf, type Colour } from './haze/airLight';
import { directionCount, directionLookup } from './haze/directions';
import { hazeLinesOf } from './haze/hazeLines';
import { sceneRadiance, stretchContrast } from './haze/radiance';
import { estimatedTransmission, smoothTransmission } from './haze/transmission';
import { hazeRemoval } from './hazeRemoval';
import {
  cancelledAfter,
  edgedNoise,
  largestDifference,
  noNetworks,
  onUnitValues,
} from './testing/filterInputs';

const filter = onUnitValues(hazeRemoval);
const { signal } = noNetworks;

const [width, height] = [96, 72];
const skyRows = 6;
const white: Colour = [1, 1, 1];

/** Tiles of many colours, the same ones near and far, below a sky; `share` of a row's light reaches the camera, the rest is haze. */
function scene(share: (row: number) => number, haze: Colour = white): Raster {
  const colours = [
    [0.75, 0.12, 0.08],
    [0.1, 0.55, 0.15],
    [0.08, 0.2, 0.7],
    [0.7, 0.6, 0.05],
    [0, 0, 0],
    [0.4, 0.1, 0.5],
    [0.5, 0.35, 0.15],
  ] as const;
  const data = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width) % height];
    const channel = Math.floor(i / (width * height)) as 0 | 1 | 2;
    const light = colours[(Math.floor(x / 8) + 3 * Math.floor(y / 6)) % colours.length]![channel];
    const clear = y < skyRows ? 0 : share(y);
    return clear * light + (1 - clear) * haze[channel];
  });
  return createRaster({ width, height, channels: 3, data });
}
/** From black to the white sky: stretching its contrast changes nothing. */
const clear = scene(() => 1);
const thickening = (row: number) => 0.25 + (0.75 * (row - skyRows)) / (height - skyRows - 1);
const hazy = scene(thickening);

const planesOf = (raster: Raster) => [0, 1, 2].map((channel) => channelOf(raster, channel));

/** Root mean square of a difference below the sky. */
function error({ data }: Raster, truth: Raster): number {
  const below = (_: number, i: number) => Math.floor(i / width) % height >= skyRows;
  const squares = data.map((value, i) => (value - truth.data[i]!) ** 2).filter(below);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

describe('haze removal', () => {
  it.each(reference.cases)('agrees with a sparse direct solution: $settings', async (sample) => {
    const size = { width: reference.width, height: reference.height };
    const target = createRaster({ ...size, channels: 3, data: Float32Array.from(reference.target) });
    const result = await filter(target, sample.settings);
    expect(largestDifference(result.data, sample.result)).toBeLessThan(2e-4);
    expect(largestDifference(result.data, target.data)).toBeGreaterThan(0.05);
  });

  it('takes away a known haze', async () => {
    const result = await filter(hazy, { kept: 0 });
    expect(error(hazy, clear)).toBeGreaterThan(0.25);
    expect(error(result, clear)).toBeLessThan(error(hazy, clear) / 8);
  });

  it.each([1, 2.2])(
    'takes the air-light of a larger picture for that of its copy, at gamma %d',
    async (gamma) => {
      const copy = cropRaster(hazy, { x: 0, y: 12, width, height: 40 });
      // Another light, and values beyond the range, which count as its ends do.
      const larger = scene(thickening, [0.78, 0.8, 1.2]);
      const light = (raster: Raster) =>
        planesOf(raster).map((plane) => plane.map((value) => Math.min(1, Math.max(0, value)) ** gamma));
      const airLight = airLightOf(light(larger), larger);
      expect(largestDifference(airLight, airLightOf(light(copy), copy))).toBeGreaterThan(0.05);
      const lines = hazeLinesOf(light(copy), airLight);
      const estimate = estimatedTransmission(light(copy), airLight, lines, 0.1);
      const smoothing = { lambda: 0.1, flatness: 0.01, least: 0.1 };
      const transmission = await smoothTransmission(planesOf(copy), copy, estimate, smoothing, signal);
      const radiance = sceneRadiance(light(copy), airLight, transmission, { kept: 0.06, gamma });
      const expected = stretchContrast(radiance).flatMap((plane) => [...plane]);
      const found = await filter(copy, { gamma }, noNetworks, larger);
      expect(largestDifference(found.data, expected)).toBeLessThan(1e-6);
      expect(largestDifference((await filter(copy, { gamma })).data, expected)).toBeGreaterThan(0.05);
    },
  );

  it('takes a known haze away from a part that does not show its colour, by a larger picture that does', async () => {
    const whole = scene(thickening, [0.78, 0.8, 0.84]);
    const below = { x: 0, y: skyRows, width, height: height - skyRows };
    const part = cropRaster(whole, below);
    const truth = stretchContrast(planesOf(cropRaster(clear, below))).flatMap((plane) => [...plane]);
    const errorOf = ({ data }: Raster) =>
      Math.hypot(...data.map((value, i) => value - truth[i]!)) / Math.sqrt(truth.length);
    const alone = errorOf(await filter(part, { kept: 0 }));
    const shown = errorOf(await filter(part, { kept: 0 }, noNetworks, whole));
    expect(shown).toBeLessThan(alone / 4);
    expect(shown).toBeLessThan(0.05);
  });

  it('has its own air-light unless an overview is larger, and asks for none', async () => {
    const context = { factor: { x: 1, y: 1 }, noise: 0, models: () => [] };
    expect(hazeRemoval.tileNeeds({}, context).overview).toBeUndefined();
    const small = cropRaster(scene(thickening, [0.78, 0.8, 0.84]), { x: 0, y: 0, width: 20, height: 20 });
    expect((await filter(hazy, {}, noNetworks, small)).data).toEqual((await filter(hazy)).data);
  });

  it('hardly changes a picture without haze', async () => {
    const result = await filter(clear, { kept: 0 });
    expect(error(result, clear)).toBeLessThan(0.05);
  });

  it('stays within the range, whatever the picture', async () => {
    for (const seed of [1, 2, 3]) {
      const { data } = await filter(edgedNoise(37, 23, 3, seed));
      expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });

  it.each([
    { name: 'grey of one channel', channels: 1, value: (i: number) => (i % 7) / 7 },
    { name: 'grey of three channels', channels: 3, value: (i: number) => (i % 100) / 100 },
    { name: 'one colour', channels: 3, value: (i: number) => 0.2 + 0.3 * Math.floor(i / 100) },
    { name: 'black', channels: 3, value: () => 0 },
  ])('gives back what has no haze-lines: $name', async ({ channels, value }) => {
    const data = Float32Array.from({ length: 100 * channels }, (_, i) => value(i));
    const target = createRaster({ width: 10, height: 10, channels: channels as 1 | 3, data });
    expect((await filter(target)).data).toEqual(data);
  });

  it('keeps one pixel, and takes two and a line of them', async () => {
    const pixel = createRaster({ width: 1, height: 1, channels: 3, data: Float32Array.of(0.9, 0.4, 0.1) });
    expect((await filter(pixel)).data).toEqual(pixel.data);
    for (const size of [
      { width: 2, height: 1 },
      { width: 1, height: 9 },
    ]) {
      const { data } = edgedNoise(size.width, size.height, 3, 6);
      const result = await filter(createRaster({ ...size, channels: 3, data }));
      expect(result.data.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });

  it('takes colours beside black ones: an air-light without blue divides by nothing', async () => {
    const data = edgedNoise(20, 16, 3, 8).data.fill(0, 2 * 320);
    const result = await filter(createRaster({ width: 20, height: 16, channels: 3, data }));
    expect(result.data.every(Number.isFinite)).toBe(true);
  });

  it('stops between the steps of its solver', async () => {
    const { runtime, shares } = cancelledAfter(1);
    await expect(filter(hazy, {}, runtime)).rejects.toThrow('Enough.');
    expect(shares).toEqual([0.2]);
  });
});

describe('what haze removal is made of', () => {
  const size = { width: reference.width, height: reference.height };
  const pixels = size.width * size.height;
  const planes = [0, 1, 2].map((c) =>
    Float32Array.from(reference.target.slice(c * pixels, (c + 1) * pixels)),
  );
  const { kernels } = reference;
  const airLight = kernels.airLight as unknown as Colour;

  it('finds the air-light', () => {
    expect(largestDifference(airLightOf(planes, size), kernels.airLight)).toBeLessThan(1e-6);
    const tinted: Colour = [0.78, 0.8, 0.84];
    const { data } = scene(thickening, tinted);
    const channels = [0, 1, 2].map((c) => data.subarray(c * width * height, (c + 1) * width * height));
    expect(largestDifference(airLightOf(channels, { width, height }), tinted)).toBeLessThan(1e-6);
  });

  it('estimates transmission and reliability', () => {
    const { transmission, reliability } = estimatedTransmission(
      planes,
      airLight,
      hazeLinesOf(planes, airLight),
      0.1,
    );
    expect(largestDifference(transmission, kernels.estimate)).toBeLessThan(1e-5);
    expect(largestDifference(reliability, kernels.reliability)).toBeLessThan(1e-5);
  });

  it('smooths the transmission by weighted least squares', async () => {
    const estimate = {
      transmission: Float32Array.from(kernels.estimate),
      reliability: Float32Array.from(kernels.reliability),
    };
    const smoothing = { lambda: 0.1, flatness: 0.01, least: 0.1 };
    const smooth = await smoothTransmission(planes, size, estimate, smoothing, signal);
    expect(largestDifference(smooth, kernels.transmission)).toBeLessThan(1e-4);
  });

  it('solves the haze model for the scene, and leaves the share asked for', () => {
    const shares = Float32Array.from({ length: pixels }, (_, i) => 0.2 + (0.8 * i) / pixels);
    const behind = planes.map((plane, c) =>
      plane.map((value, i) => value ** 2.2 * shares[i]! + airLight[c]! * (1 - shares[i]!)),
    );
    const found = sceneRadiance(behind, airLight, shares, { kept: 0, gamma: 2.2 });
    for (const [c, plane] of found.entries()) expect(largestDifference(plane, planes[c]!)).toBeLessThan(1e-2);
    const more = sceneRadiance(behind, airLight, shares, { kept: 0.1, gamma: 1 });
    for (const [c, plane] of more.entries()) {
      const expected = planes[c]!.map((value) => Math.min(1, value ** 2.2 + 0.1 * airLight[c]!));
      expect(largestDifference(plane, expected)).toBeLessThan(1e-5);
    }
  });

  it('stretches to black and white, colours together', () => {
    const ramp = Float32Array.from({ length: 1001 }, (_, i) => 0.3 + (0.4 * i) / 1000);
    const dim = ramp.map((value) => value - 0.1);
    const [first, second, third] = stretchContrast([ramp, ramp, dim]) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    expect(first).toEqual(second);
    // Limits of the bright channels: 0.204 and 0.996 of the whole, of the dim one 0.004 and 0.796, then drawn to their means.
    expect([first[0], first[1000]]).toEqual([expect.closeTo(0.05836, 4), 1]);
    expect([third[0], third[1000]]).toEqual([0, expect.closeTo(0.8858, 4)]);
    const flat = ramp.map(() => 0.4);
    expect(stretchContrast([flat, flat, flat])).toEqual([flat, flat, flat]);
  });

  it('looks directions up near the nearest of points spread evenly', () => {
    const lookup = directionLookup();
    const { data } = edgedNoise(60, 50, 3, 12);
    const sums = Float64Array.from({ length: 3 * directionCount }, () => 0);
    const vectors = Array.from({ length: 3000 }, (_, i) => {
      const vector = [data[i]! - 0.5, data[3000 + i]! - 0.55, data[6000 + i]! - 0.6] as const;
      const length = Math.hypot(...vector);
      return vector.map((part) => part / length) as [number, number, number];
    });
    for (const vector of vectors) {
      const line = lookup(...vector);
      for (let c = 0; c < 3; c += 1) sums[3 * line + c]! += vector[c]!;
    }
    // A thousand caps of equal area reach 0.063; with the corners of their cells, all that share a line are within 0.1.
    for (const vector of vectors) {
      const mean = sums.subarray(3 * lookup(...vector), 3 * lookup(...vector) + 3);
      const cosine = vector.reduce((sum, part, c) => sum + part * mean[c]!, 0) / Math.hypot(...mean);
      expect(cosine).toBeGreaterThan(Math.cos(0.13));
    }
    expect(lookup(0, 0, 1)).toBeLessThan(8);
    expect(lookup(0, 0, -1)).toBeGreaterThan(directionCount - 9);
  });
});
