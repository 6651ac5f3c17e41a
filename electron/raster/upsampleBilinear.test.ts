import { describe, expect, it } from 'vitest';
import { upsampleBilinear } from './upsampleBilinear';

describe('upsampleBilinear', () => {
  it('has half-pixel centres and replicated edges', () => {
    const twice = upsampleBilinear(Float32Array.of(0, 4), { width: 2, height: 1 }, 2);
    expect([...twice]).toEqual([0, 1, 3, 4, 0, 1, 3, 4]);
  });

  it('agrees with torch.nn.functional.interpolate(scale_factor=4, mode="bilinear") on [[1, 9], [5, 2]]', () => {
    // biome-ignore format: a picture
    const expected = [
      1, 1, 2, 4, 6, 8, 9, 9,
      1, 1, 2, 4, 6, 8, 9, 9,
      1.5, 1.5, 2.328125, 3.984375, 5.640625, 7.296875, 8.125, 8.125,
      2.5, 2.5, 2.984375, 3.953125, 4.921875, 5.890625, 6.375, 6.375,
      3.5, 3.5, 3.640625, 3.921875, 4.203125, 4.484375, 4.625, 4.625,
      4.5, 4.5, 4.296875, 3.890625, 3.484375, 3.078125, 2.875, 2.875,
      5, 5, 4.625, 3.875, 3.125, 2.375, 2, 2,
      5, 5, 4.625, 3.875, 3.125, 2.375, 2, 2,
    ];
    expect([...upsampleBilinear(Float32Array.of(1, 9, 5, 2), { width: 2, height: 2 }, 4)]).toEqual(expected);
  });

  it('leaves a plane at factor 1 alone', () => {
    const plane = Float32Array.of(3);
    expect(upsampleBilinear(plane, { width: 1, height: 1 }, 1)).toBe(plane);
  });
});
