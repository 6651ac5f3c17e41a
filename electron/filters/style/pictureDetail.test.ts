import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from '../../raster/raster';
import { OverviewReduction, overviewSpec } from '../../raster/reduceOverview';
import { edgedNoise } from '../testing/filterInputs';
import { withDetailOfPicture } from './pictureDetail';

function copyOf(picture: Raster, shortSide: number) {
  const spec = overviewSpec(picture, { shortSide, texture: true });
  const reduction = new OverviewReduction(picture, spec, picture.channels);
  reduction.add(picture);
  const { picture: overview, texture } = reduction.finish(picture);
  return [overview, texture!] as const;
}

const sampleAt = ({ width, height, data }: Raster, x: number, y: number, c: number) =>
  data[(c * height + y) * width + x]!;

/** From the definition, pixel by pixel. */
function nearDifference(picture: Raster): number {
  let [sum, count] = [0, 0];
  for (let c = 0; c < picture.channels; c += 1)
    for (let y = 0; y < picture.height; y += 1)
      for (let x = 0; x < picture.width; x += 1) {
        const here = sampleAt(picture, x, y, c);
        const left = sampleAt(picture, Math.max(0, x - 1), y, c);
        const above = sampleAt(picture, x, Math.max(0, y - 1), c);
        sum += ((here - left) ** 2 + (here - above) ** 2) / 2;
        count += 1;
      }
  return Math.sqrt(sum / count);
}

describe('the detail of style transfer on a copy', () => {
  it.each([1, 3] as const)('grows as its gradients do: %d channels', (channels) => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 60 }), fc.integer({ min: 4, max: 70 }), (length, shortSide) => {
        const picture = edgedNoise(length, length + 9, channels, 3);
        const [overview, texture] = copyOf(picture, shortSide);
        const expected = (0.8 * nearDifference(overview)) / nearDifference(picture);
        expect(withDetailOfPicture({ detail: 0.8 }, overview, texture).detail).toBeCloseTo(expected, 4);
      }),
      { numRuns: 20 },
    );
  });

  it('stays on a copy that is not smaller, or without any gradients', () => {
    const picture = edgedNoise(30, 20, 3, 3);
    expect(withDetailOfPicture({ detail: 1.5 }, ...copyOf(picture, 64)).detail).toBeCloseTo(1.5, 5);
    const even = createRaster({ width: 30, height: 20, channels: 1, data: new Float32Array(600).fill(0.4) });
    expect(withDetailOfPicture({ detail: 1.5, rounds: 2 }, ...copyOf(even, 8))).toEqual({
      detail: 1.5,
      rounds: 2,
    });
  });
});
