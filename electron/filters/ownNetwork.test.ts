import { describe, expect, it, vi } from 'vitest';
import type { ParameterValues } from '../contract/filters';
import type { OwnNetwork } from '../contract/ownNetworks';
import { ownNetwork as described } from '../contract/standInEngine';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import { completeParameters } from '../recipe/parameters';
import type { NetworkTensor, OwnNetworks } from './filter';
import { resized } from './own/networkPicture';
import { ownNetwork } from './ownNetwork';
import { edgedNoise, inputOf, largestDifference, noNetworks } from './testing/filterInputs';

/** A network that gives a function of every value of its input, one channel for one. */
function pointwise(channels: 1 | 3, value: (given: number) => number) {
  const network: OwnNetwork = {
    ...described,
    input: { ...described.input, channels },
    output: { ...described.output, channels, range: { min: value(0.1), max: value(0.9) } },
  };
  const run = vi.fn(async (_: string, picture: NetworkTensor) => ({
    ...picture,
    data: picture.data.map(value),
  }));
  return { own: { find: () => network, run } satisfies OwnNetworks, run };
}

const picture = createRaster({
  ...edgedNoise(60, 44, 3, 1, 255),
  fullScale: { min: 0, max: 255 },
  sampleType: 'u8',
});
const overview = resized(picture, { width: 30, height: 22 });

const completed = (values: ParameterValues) =>
  completeParameters(ownNetwork.description, {
    model: 'net.onnx',
    fingerprint: described.fingerprint,
    layer: 'custom',
    radius: 1,
    epsilon: 1e-8,
    ...values,
  });

const filtered = (own: OwnNetworks, values: ParameterValues, of: Raster = overview) =>
  ownNetwork.apply({ ...inputOf(picture, picture), overview: of }, completed(values), { ...noNetworks, own });

describe('your own network', () => {
  it('of one channel is run on each colour when a picture is asked for', async () => {
    const { own, run } = pointwise(1, (value) => 1 - value);
    const result = await filtered(own, { output: 'image' });
    expect(run).toHaveBeenCalledTimes(3);
    expect(
      largestDifference(
        result.data,
        picture.data.map((value) => 255 - value),
      ),
    ).toBeLessThan(0.05);
    expect(
      ownNetwork.result?.(completed({ output: 'image' }), {
        factor: { x: 1, y: 1 },
        noise: 0,
        models: () => [],
        own,
      }),
    ).toEqual({});
  });

  it('is run once however often the layer is changed', async () => {
    const { own, run } = pointwise(3, (value) => 0.5 * value);
    const fresh = { ...overview };
    await filtered(own, {}, fresh);
    await filtered(own, { epsilon: 1e-2 }, fresh);
    await filtered(own, { radius: 5 }, fresh);
    await filtered(own, { values: 'extent' }, fresh);
    expect(run).toHaveBeenCalledTimes(1);
    await filtered(own, { range: 'byte' }, fresh);
    await filtered(own, {}, { ...overview });
    expect(run).toHaveBeenCalledTimes(3);
  });

  it('is run again after it failed', async () => {
    const { own, run } = pointwise(3, (value) => value);
    const fresh = { ...overview };
    run.mockRejectedValueOnce(new Error('No.'));
    await expect(filtered(own, {}, fresh)).rejects.toThrow('No.');
    expect((await filtered(own, {}, fresh)).channels).toBe(3);
  });

  it.each([
    ['as they go in', {}, (value: number) => value],
    ['0…255 both ways', { range: 'byte' }, (value: number) => value],
    ['−1…1 both ways', { range: 'signed' }, (value: number) => value],
    ['0…1 in, −1…1 out', { values: 'signed' }, (value: number) => value / 2 + 127.5],
    ['0…1 in, 0…255 out', { values: 'byte' }, (value: number) => value / 255],
    ['unchanged numbers', { values: 'raw' }, (value: number) => value / 255],
  ])('its values are read %s', async (_, values, expected) => {
    const { own } = pointwise(3, (value) => value);
    const result = await filtered(own, values);
    expect(result).toMatchObject({ fullScale: { min: 0, max: 255 }, sampleType: 'u8' });
    expect(largestDifference(result.data, picture.data.map(expected))).toBeLessThan(0.05);
  });

  it('blue first gives blue first back', async () => {
    const { own } = pointwise(3, (value) => value);
    const firstEmpty: OwnNetworks = {
      ...own,
      run: async (_, given) => {
        const data = given.data.slice();
        data.subarray(0, given.width * given.height).fill(0);
        return { ...given, data };
      },
    };
    const result = await filtered(firstEmpty, { order: 'bgr' });
    const [red, , blue] = [0, 1, 2].map((channel) => channelOf(result, channel));
    expect(largestDifference(red!, channelOf(picture, 0))).toBeLessThan(0.05);
    expect(Math.max(...blue!)).toBeLessThan(0.05);
  });

  it('keeps the transparency of the picture', async () => {
    const { own } = pointwise(3, (value) => value);
    const alpha = Float32Array.from({ length: 60 * 44 }, (_, i) => (i % 2 === 0 ? 1 : 0.25));
    const seen = { ...inputOf({ ...picture, alpha }, picture), overview };
    const result = await ownNetwork.apply(seen, completed({}), { ...noNetworks, own });
    expect(result.alpha).toEqual(alpha);
  });
});
