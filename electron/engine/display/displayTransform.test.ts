import { describe, expect, it } from 'vitest';
import type { Colormap, Display } from '../../contract/display';
import { createRaster } from '../../raster/raster';
import { displayRaster } from './displayTransform';

const shown = (values: number[], display: Partial<Display> = {}) => {
  const raster = createRaster({
    width: values.length,
    height: 1,
    channels: 1,
    data: Float32Array.from(values),
  });
  return pixels(
    displayRaster(raster, { colormap: 'grey', range: { min: 0, max: 1 }, markSaturated: false, ...display }),
  );
};

const pixels = (rgba: Uint8Array) =>
  Array.from({ length: rgba.length / 4 }, (_, i) => [...rgba.slice(i * 4, i * 4 + 4)]);

describe('one channel', () => {
  // Ends and middle of matplotlib 3.5's colormaps, (cm(x, bytes=True)); d3's turbo is Mikhailov's own polynomial, off by up to 34.
  const known: [Colormap, number, number[], number][] = [
    ['viridis', 0, [68, 1, 84], 0],
    ['viridis', 0.5, [32, 144, 140], 2],
    ['viridis', 1, [253, 231, 36], 1],
    ['magma', 0, [0, 0, 3], 1],
    ['magma', 0.5, [183, 55, 121], 2],
    ['magma', 1, [251, 252, 191], 1],
    ['turbo', 0, [48, 18, 59], 34],
    ['turbo', 0.5, [164, 252, 59], 34],
    ['turbo', 1, [122, 4, 2], 34],
    ['grey', 0.5, [128, 128, 128], 0],
  ];
  it.each(known)('%s at %f', (colormap, value, expected, tolerance) => {
    const [pixel] = shown([value], { colormap });
    for (const [i, level] of expected.entries())
      expect(Math.abs(pixel![i]! - level)).toBeLessThanOrEqual(tolerance);
  });

  it('maps an explicit range in the values’ own unit', () => {
    expect(shown([1000, 2500, 4000], { range: { min: 1000, max: 4000 } })).toEqual([
      [0, 0, 0, 255],
      [128, 128, 128, 255],
      [255, 255, 255, 255],
    ]);
  });

  it('clamps what is outside, or marks it in colours of its own', () => {
    expect(shown([-1, 2])).toEqual([
      [0, 0, 0, 255],
      [255, 255, 255, 255],
    ]);
    const [below, inside, above] = shown([-1, 0.5, 2], { markSaturated: true });
    expect(inside).toEqual([128, 128, 128, 255]);
    for (const marked of [below!, above!]) expect(new Set(marked.slice(0, 3)).size).toBeGreaterThan(1);
    expect(below).not.toEqual(above);
  });

  it('gives a label the same colour in any range, and its neighbours other ones', () => {
    const labels = shown([0, 1, 2, 300], { colormap: 'labels', range: { min: 0, max: 1 } });
    expect(shown([2, 1], { colormap: 'labels', range: { min: 1, max: 2 } })).toEqual([labels[2], labels[1]]);
    expect(new Set(labels.map(String)).size).toBe(4);
  });

  it('shows a range without extent in its middle', () => {
    expect(shown([7], { range: { min: 7, max: 7 } })).toEqual([[128, 128, 128, 255]]);
  });
});

it('unknown pixels are transparent, and so is what the file says is', () => {
  const raster = createRaster({
    width: 3,
    height: 1,
    channels: 1,
    data: Float32Array.from([0, 0, 0]),
    unknown: Uint8Array.from([0, 1, 0]),
    alpha: Float32Array.from([1, 1, 0.5]),
  });
  const rgba = displayRaster(raster, { colormap: 'grey', range: { min: 0, max: 1 }, markSaturated: false });
  expect([rgba[3], rgba[7], rgba[11]]).toEqual([255, 0, 128]);
});

it('marks a colour with a channel outside the range, too bright before too dark', () => {
  const colours = [
    [0, 0.5, 1],
    [-0.1, 0.5, 0.5],
    [0.5, 0.5, 1.1],
    [-0.1, 1.1, 0.5],
  ];
  const raster = createRaster({
    width: 4,
    height: 1,
    channels: 3,
    data: Float32Array.from([0, 1, 2].flatMap((channel) => colours.map((colour) => colour[channel]!))),
  });
  const range = { min: 0, max: 1 };
  const [inside, below, above, both] = pixels(
    displayRaster(raster, { colormap: 'grey', range, markSaturated: true }),
  );
  expect(inside).toEqual([0, 128, 255, 255]);
  expect(below).toEqual(shown([-1], { markSaturated: true })[0]);
  expect(above).toEqual(shown([2], { markSaturated: true })[0]);
  expect(both).toEqual(above);
});

it('16-bit colours without a profile are sRGB of their full scale', () => {
  const raster = createRaster({
    width: 1,
    height: 1,
    channels: 3,
    data: Float32Array.from([0, 32768, 65535]),
    fullScale: { min: 0, max: 65535 },
    sampleType: 'u16',
  });
  const rgba = displayRaster(raster, { colormap: 'grey', range: raster.fullScale, markSaturated: false });
  expect([...rgba]).toEqual([0, 128, 255, 255]);
});
