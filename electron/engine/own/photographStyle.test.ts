import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readImage } from '../../codecs/read';
import { largestDifference } from '../../filters/testing/filterInputs';
import { createRaster, type Raster, type RasterInit } from '../../raster/raster';
import { pictureOf } from '../testing/sources';
import { photographStyle } from './photographStyle';

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
/** What models/training/operators/looks.py, which made the tables of the looks, makes of the same file. */
const python: { intensities: number[]; gradients: number[] } = JSON.parse(
  readFileSync(fixture('photograph.json'), 'utf8'),
);
const { raster: photograph } = await readImage(fixture('photograph.png'));

const styleOf = (picture: RasterInit) => photographStyle(createRaster(picture), 'a.png');
/** The tables have four digits. */
const rounding = 6e-5;

const grey = createRaster(pictureOf(60, 40, 1));
/** The picture beside a black area of its own size. */
const besideBlack = (change: Partial<Raster>): RasterInit => {
  const columns = Float32Array.from({ length: 120 * 40 }, (_, i) => (i % 120 < 60 ? 1 : 0));
  const data = columns.map((seen, i) => (seen ? grey.data[Math.floor(i / 120) * 60 + (i % 120)]! : 0));
  const { width: _, ...like } = grey;
  return { ...like, width: 120, data, ...change };
};

describe('the style of a photograph', () => {
  it('agrees with the script that made the looks', () => {
    const { intensities, gradients } = photographStyle(photograph, 'photograph.png');
    expect(largestDifference(intensities, python.intensities)).toBeLessThan(rounding);
    expect(largestDifference(gradients, python.gradients)).toBeLessThan(rounding);
  });

  it('is the same in 8 bits, in 16 and in grey', () => {
    const wide = { ...grey, data: grey.data.map((value) => Math.round(value) * 257) };
    const eight = styleOf({ ...grey, data: grey.data.map(Math.round) });
    expect(styleOf({ ...wide, sampleType: 'u16', fullScale: { min: 0, max: 65535 } })).toEqual(eight);
    const colours = { ...pictureOf(60, 40, 3), data: new Float32Array(3 * 60 * 40) };
    for (const channel of [0, 1, 2]) colours.data.set(grey.data.map(Math.round), channel * 60 * 40);
    const coloured = styleOf(colours);
    expect(largestDifference(coloured.intensities, eight.intensities)).toBeLessThan(1e-6);
    expect(largestDifference(coloured.gradients, eight.gradients)).toBeLessThan(1e-6);
  });

  it('of floats is that of their own extent', () => {
    const data = Float32Array.from({ length: 2400 }, (_, i) => -3 + (i % 60) / 10);
    const { intensities } = styleOf({ ...grey, data, sampleType: 'f32', fullScale: { min: -3, max: 2.9 } });
    expect([intensities[0], intensities.at(-1)]).toEqual([0, 1]);
  });

  it('leaves out what holds no number, and what cannot be seen', () => {
    const alone = styleOf(grey);
    const hidden = Uint8Array.from({ length: 120 * 40 }, (_, i) => (i % 120 < 60 ? 0 : 1));
    expect(styleOf(besideBlack({ unknown: hidden }))).toEqual(alone);
    const alpha = Float32Array.from(hidden, (no) => 1 - no);
    expect(styleOf(besideBlack({ alpha }))).toEqual(alone);
    expect(styleOf(besideBlack({})).intensities[0]).toBe(0);
  });

  it.each<[string, RasterInit, string]>([
    ['one value', { ...grey, data: new Float32Array(2400).fill(90) }, 'equally bright everywhere'],
    [
      'one float',
      { ...grey, sampleType: 'f32', fullScale: { min: 0, max: 0 }, data: new Float32Array(2400) },
      'equally bright',
    ],
    ['one line', pictureOf(50, 1, 3), 'single line'],
    ['one pixel', pictureOf(1, 1, 1), 'single line'],
    ['no value', { ...grey, unknown: new Uint8Array(2400).fill(1) }, 'none of its pixels'],
    ['nothing to see', { ...grey, alpha: new Float32Array(2400) }, 'none of its pixels'],
    ['hardly a value', { ...grey, unknown: Uint8Array.from(grey.data, (_, i) => i && 1) }, 'hardly any'],
  ])('does not exist of a picture with %s', (_, picture, why) => {
    expect(() => styleOf(picture)).toThrow(
      expect.objectContaining({
        code: 'own-photograph-unsuited',
        message: expect.stringMatching(new RegExp(`“a.png”.*${why}`)),
      }),
    );
  });
});
