import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRaster } from '../../raster/raster';
import { displayRaster } from './displayTransform';
import { readColourTransform } from './iccProfile';

/** Made by fixtures/make-profiles.py with LittleCMS. */
const { cases } = JSON.parse(readFileSync(new URL('./fixtures/profiles.json', import.meta.url), 'utf8')) as {
  cases: { name: string; icc: string; colours: { from: number[]; to: number[] }[] }[];
};

const shown = (colour: number[], icc: Uint8Array) => {
  const raster = createRaster({
    width: 1,
    height: 1,
    channels: 3,
    data: Float32Array.from(colour),
    fullScale: { min: 0, max: 255 },
    icc,
  });
  const rgba = displayRaster(raster, { colormap: 'grey', range: raster.fullScale, markSaturated: false });
  return [...rgba.slice(0, 3)];
};

describe.each(cases)('$name', ({ icc, colours }) => {
  const profile = Uint8Array.from(Buffer.from(icc, 'base64'));

  it('is shown in sRGB as LittleCMS does, to one level', () => {
    for (const { from, to } of colours)
      for (const [i, level] of shown(from, profile).entries())
        expect(
          Math.abs(level - to[i]!),
          `${from} gives ${shown(from, profile)}, LittleCMS ${to}`,
        ).toBeLessThanOrEqual(1);
  });

  it('cut short anywhere is shown as sRGB, not with an error', () => {
    for (let length = 0; length < profile.length; length += 13) {
      const cut = profile.slice(0, length);
      if (readColourTransform(cut) === null) expect(shown([10, 20, 30], cut)).toEqual([10, 20, 30]);
    }
    expect(readColourTransform(profile.slice(0, 140))).toBeNull();
  });
});
