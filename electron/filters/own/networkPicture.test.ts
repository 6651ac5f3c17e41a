import { describe, expect, it } from 'vitest';
import { ownNetwork } from '../../contract/standInEngine';
import { createRaster } from '../../raster/raster';
import { completeParameters } from '../../recipe/parameters';
import { edgedNoise } from '../testing/filterInputs';
import { ownNetworkDescription } from './description';
import { networkPicture, networkSize, resized } from './networkPicture';

const parameters = (values = {}) => completeParameters(ownNetworkDescription, values);
const grey: typeof ownNetwork = { ...ownNetwork, input: { ...ownNetwork.input, channels: 1 } };
const bytes: typeof ownNetwork = { ...ownNetwork, input: { ...ownNetwork.input, type: 'uint8' } };

/** What a network is given for one pixel of these colours. */
const given = (colours: readonly number[], values = {}, network = ownNetwork) => [
  ...networkPicture(
    colours.map((colour) => Float32Array.of(colour)),
    { width: 1, height: 1 },
    parameters(values),
    network,
  ).data,
];

describe('what a network is given', () => {
  const colours = [0.2, 0.4, 0.9];

  // ImageNet's by torchvision: transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)).
  it.each([
    [{}, [0.2, 0.4, 0.9]],
    [{ range: 'byte' }, [51, 102, 229.5]],
    [{ range: 'signed' }, [-0.6, -0.2, 0.8]],
    [{ order: 'bgr' }, [0.9, 0.4, 0.2]],
    [{ normalisation: 'imagenet' }, [-1.244541, -0.25, 2.195556]],
    [{ normalisation: 'imagenet', range: 'byte' }, [-1.244541, -0.25, 2.195556]],
    [{ normalisation: 'imagenet', order: 'bgr' }, [2.195556, -0.25, -1.244541]],
    [
      { normalisation: 'custom', range: 'byte', order: 'bgr', meanRed: 123, meanGreen: 117, meanBlue: 104 },
      [125.5, -15, -72],
    ],
    [{ normalisation: 'custom', deviationGreen: 0.5 }, [0.2, 0.8, 0.9]],
  ])('%j', (values, expected) => {
    for (const [at, value] of given(colours, values).entries()) expect(value).toBeCloseTo(expected[at]!, 4);
  });

  it('is 0…255 where it takes whole numbers, unless said otherwise', () => {
    expect(given([0.2, 0.4, 1], {}, bytes)).toEqual([51, 102, 255]);
    expect(given([0, 1, 1], { range: 'unit' }, bytes)).toEqual([0, 1, 1]);
  });

  it('is the brightness where it takes one channel, and thrice the grey of a grey picture', () => {
    expect(given(colours, {}, grey)[0]).toBeCloseTo(0.299 * 0.2 + 0.587 * 0.4 + 0.114 * 0.9, 6);
    expect(given([0.5], { order: 'bgr' })).toEqual([0.5, 0.5, 0.5]);
  });
});

describe('the size of it', () => {
  const sizeOf = (values = {}, network = ownNetwork) =>
    networkSize({ width: 300, height: 200 }, parameters(values), network);

  it('is the overview’s, the network’s own, or a multiple', () => {
    expect(sizeOf()).toEqual({ width: 300, height: 200 });
    expect(sizeOf({ multiple: '64' })).toEqual({ width: 256, height: 192 });
    const fixed = { ...ownNetwork, input: { ...ownNetwork.input, size: { width: 64, height: 48 } } };
    expect(sizeOf({ multiple: '64' }, fixed)).toEqual({ width: 64, height: 48 });
  });

  it('is never less than one multiple, and one of what the output is divided by', () => {
    const quarter = { ...ownNetwork, output: { ...ownNetwork.output, reduction: 4 } };
    expect(networkSize({ width: 3, height: 2 }, parameters({ multiple: '32' }), ownNetwork)).toEqual({
      width: 32,
      height: 32,
    });
    expect(networkSize({ width: 11, height: 6 }, parameters(), quarter)).toEqual({ width: 8, height: 4 });
  });

  it.each([
    [9, 7],
    [60, 40],
    [9, 40],
    [30, 20],
  ])('a picture of 30 × 20 is brought to %d × %d with its mean and place', (width, height) => {
    const picture = edgedNoise(30, 20, 3, 3);
    const slope = createRaster({ ...picture, data: picture.data.map((_, i) => i % 30) });
    const result = resized(slope, { width, height });
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(result).toMatchObject({ width, height, channels: 3 });
    expect(mean(result.data)).toBeCloseTo(14.5, 4);
    // In the middle column's place, half-pixel centres on both grids.
    const x = Math.floor(width / 2);
    expect(result.data[Math.floor(height / 2) * width + x]).toBeCloseTo(((x + 0.5) * 30) / width - 0.5, 1);
  });
});
