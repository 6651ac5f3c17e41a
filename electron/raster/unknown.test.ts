import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from './raster';
import { markUnknown, resolveUnknownMarker } from './unknown';

const side = 200;

/** One-channel raster of `side`², with `value(i, random)` for every pixel; `random` in 0…1, the same every time. */
function picture(value: (i: number, random: () => number) => number): Raster {
  let state = 11;
  const random = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  const data = Float32Array.from({ length: side * side }, (_, i) => value(i, random));
  return createRaster({ width: side, height: side, channels: 1, data });
}

const auto = (raster: Raster) => resolveUnknownMarker(raster, 'auto');

describe('the unknown marker “auto”', () => {
  it.each([
    ['8-bit disparities from 60 to 210, 0.2 % zeros', 0.002, (r: number) => Math.round(60 + 150 * r)],
    [
      'the same, 3 % zeros, a few stray low values',
      0.03,
      (r: number) => (r < 0.001 ? 9 : Math.round(60 + 150 * r)),
    ],
    ['disparities in steps of three', 0.01, (r: number) => 3 * Math.round(20 + 50 * r)],
    ['depth in millimetres, 30 % zeros', 0.3, (r: number) => Math.round(700 + 7000 * r ** 3)],
    ['depth in metres, 55 % zeros', 0.55, (r: number) => 0.5 + 9.5 * r * r],
  ])('sees holes in %s', (_title, holes, value) => {
    expect(auto(picture((_i, random) => (random() < holes ? 0 : value(random()))))).toBe('zero');
  });

  it.each<[string, (i: number, random: () => number) => number]>([
    ['a photo with clipped blacks', (_i, random) => Math.max(0, Math.round(255 * random() - 20))],
    [
      'a photo in a black frame',
      (i, random) => (i < 3 * side || i % side === 0 ? 0 : Math.round(40 + 200 * random())),
    ],
    ['a full-range 8-bit gradient', (i) => Math.round(((i % side) * 255) / (side - 1))],
    ['a full-range 16-bit gradient', (i) => Math.round((i * 65535) / (side * side - 1))],
    ['a float gradient from zero', (i) => (i % side) / side],
    ['a binary mask', (i) => (i % side < 120 ? 255 : 0)],
    [
      'a mask with soft edges',
      (i, random) => (i % side < 110 ? 255 : i % side < 115 ? Math.round(20 + 220 * random()) : 0),
    ],
    ['a label map', (i) => [0, 5, 9, 15, 255][Math.floor(i / 9) % 5]!],
    ['a picture of few, even steps', (i) => Math.floor((i % side) / 20) * 25],
    ['mostly zeros', (_i, random) => (random() < 0.7 ? 0 : 80 + Math.round(100 * random()))],
    ['signed values', (_i, random) => (random() < 0.1 ? 0 : random() < 0.5 ? -50 - random() : 50 + random())],
    ['no zeros at all', (_i, random) => 60 + Math.round(100 * random())],
    ['nothing but zeros', () => 0],
  ])('sees none in %s', (_title, value) => {
    expect(auto(picture(value))).toBe('none');
  });

  it('never judges colour, and leaves a choice alone', () => {
    const data = Float32Array.from({ length: 300 }, (_, i) => (i % 10 === 0 ? 0 : 100 + (i % 50)));
    expect(auto(createRaster({ width: 10, height: 10, channels: 3, data }))).toBe('none');
    expect(
      resolveUnknownMarker(
        picture(() => 3),
        'zero',
      ),
    ).toBe('zero');
  });

  it('does not count what is unknown already', () => {
    const raster = picture((_i, random) => 60 + Math.round(100 * random()));
    raster.data[5] = 0;
    expect(auto(raster)).toBe('zero');
    const unknown = new Uint8Array(side * side);
    unknown[5] = 1;
    expect(auto({ ...raster, unknown })).toBe('none');
  });
});

describe('markUnknown', () => {
  it('adds zeros to the unknown pixels, for colour only zeros in all channels', () => {
    const grey = createRaster({
      width: 4,
      height: 1,
      channels: 1,
      data: Float32Array.of(0, 1, 2, 0),
      unknown: Uint8Array.of(0, 1, 0, 0),
    });
    expect([...markUnknown(grey, 'zero').unknown!]).toEqual([1, 1, 0, 1]);
    expect([...grey.unknown!]).toEqual([0, 1, 0, 0]);
    const colour = createRaster({
      width: 2,
      height: 1,
      channels: 3,
      data: Float32Array.of(0, 0, 0, 4, 0, 0),
    });
    expect([...markUnknown(colour, 'zero').unknown!]).toEqual([1, 0]);
  });

  it('keeps null when every pixel is known, and does nothing for “none”', () => {
    const raster = createRaster({ width: 2, height: 1, channels: 1, data: Float32Array.of(3, 4) });
    expect(markUnknown(raster, 'zero').unknown).toBeNull();
    const zeros = createRaster({ width: 2, height: 1, channels: 1, data: new Float32Array(2) });
    expect(markUnknown(zeros, 'none')).toBe(zeros);
  });
});
