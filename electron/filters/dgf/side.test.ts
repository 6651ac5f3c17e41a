import { expect, it } from 'vitest';
import { withSide } from './side';

const chosen = (side: string, width: number, height: number) =>
  withSide({ operator: 'l0-smoothing', side }, { width, height }).side;

it.each([
  [200, 150, '128'],
  [768, 512, '128'],
  [1024, 4000, '128'],
  [1025, 1500, '256'],
  [4000, 3000, '256'],
  [20_000, 15_000, '256'],
])(
  'the small copy of a picture of %i × %i has %s pixels when it is left to the filter',
  (width, height, side) => {
    expect(chosen('auto', width, height)).toBe(side);
  },
);

it.each(['64', '128', '256'])('of %s pixels it stays, whatever the picture', (side) => {
  for (const length of [100, 1000, 10_000]) expect(chosen(side, length, length)).toBe(side);
});
