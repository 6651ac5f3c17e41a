import { expect, it } from 'vitest';
import { filters } from '../../filters/list';
import { RasterStore } from '../store';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';
import { checkDocument } from './document';
import { picturesOf } from './scene';

const factorsOf = (factor: number, least: number, levels: readonly number[]) => {
  const side = 256;
  const target = sourceOf(pictureOf(side / factor, side / factor, 1));
  const guidance = sourceOf(pictureOf(side, side, 3));
  const bound = { target: 't', guidance: 'g', processing: processingOf(stepOf('bicubic')) };
  const document = checkDocument(bound, { target, guidance }, filters);
  const store = new RasterStore();
  return levels.map((level) => picturesOf(document, level, least, store).factor.x);
};

it.each([
  // A network for ×8 given a target at half the factor paints halos: the next one down takes over, then the target shrinks.
  { factor: 16, least: 4, expected: [16, 8, 4, 4, 4] },
  { factor: 8, least: 4, expected: [8, 4, 4, 4, 4] },
  { factor: 4, least: 4, expected: [4, 4, 4, 4, 4] },
  { factor: 2, least: 4, expected: [2, 2, 2, 2, 2] },
  { factor: 1, least: 4, expected: [1, 1, 1, 1, 1] },
  { factor: 16, least: 8, expected: [16, 8, 8, 8, 8] },
  // Filters that know every factor see the target's own pixels for as long as there is room for them.
  { factor: 8, least: 1, expected: [8, 4, 2, 1, 1] },
])('previews of a ×$factor document keep at least a factor of $least', ({ factor, least, expected }) => {
  expect(factorsOf(factor, least, [0, 1, 2, 3, 4])).toEqual(expected);
});
