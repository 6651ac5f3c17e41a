import { expect, it } from 'vitest';
import type { Device } from '../../contract/devices';
import { upsampleBicubic } from '../../raster/upsample';
import { bound, evaluatorOf, filterOf, runOf, wholeResult, withFilters } from '../testing/evaluators';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';

/**
 * Sides of the regions a filter is given for a picture of 256 × 256, where the memory allows tiles of 64.
 * @param computing what computes its network, where that is not the device in use
 */
async function sidesOf(
  isNetwork: boolean,
  onGpu: boolean,
  device: Device,
  computing = device,
): Promise<number[]> {
  const network = { model: 'm', output: 'o' };
  const sides: number[] = [];
  const filter = filterOf('network', {
    tileNeeds: () => ({ reach: 0, multiple: 1, bytesPerPixel: 1, ...(isNetwork && { network }) }),
    apply: async ({ target, region }) => {
      sides.push(region.width, region.height);
      return upsampleBicubic(target, region);
    },
  });
  const { known, filterById } = withFilters(filter);
  const guidance = sourceOf(pictureOf(256, 256, 3));
  const document = bound(sourceOf(pictureOf(64, 64, 1)), guidance, processingOf(stepOf('network')), known);
  const evaluator = evaluatorOf({ filterById, tileBytes: 1, onGpu: () => onGpu });
  await wholeResult(evaluator, document, { ...runOf(), device, deviceOf: () => computing });
  return [...new Set(sides)];
}

it.each<[string, boolean, boolean, Device, number, Device?]>([
  ['a network on a GPU gets tiles twice as wide', true, true, 'webgpu', 128],
  ['that end up on the processor are cut to what its memory allows', true, true, 'cpu', 64],
  ['as are those of a network that the device is wrong in', true, true, 'webgpu', 64, 'cpu'],
  ['a network on the processor', true, false, 'cpu', 64],
  ['what is no network, whatever runs networks', false, true, 'webgpu', 64],
])('%s', async (_, isNetwork, onGpu, device, side, computing) => {
  expect(await sidesOf(isNetwork, onGpu, device, computing)).toEqual([side]);
});
