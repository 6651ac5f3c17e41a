import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Raster } from '../raster/raster';

/** For tests: a file that another program wrote; see fixtures/README.md. */
export const fixturePath = (name: string): string =>
  fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

export const fixtureBytes = (name: string): Uint8Array => new Uint8Array(readFileSync(fixturePath(name)));

/** The rule all fixtures follow, by column, row and channel. */
export const code = (x: number, y: number, channel = 0): number =>
  (1 + 9973 * x + 6151 * y + 3571 * channel) % 65536;

/** A raster's samples beside what a rule says they should be, both as lists: row by row, channel after channel. */
export function expectedSamples(
  { width, height, channels }: Pick<Raster, 'width' | 'height' | 'channels'>,
  rule: (x: number, y: number, channel: number) => number,
): number[] {
  const samples: number[] = [];
  for (let channel = 0; channel < channels; channel += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) samples.push(Math.fround(rule(x, y, channel)));
    }
  }
  return samples;
}
