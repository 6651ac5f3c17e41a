import { describe, expect, it } from 'vitest';
import { cropRaster } from '../../raster/crop';
import { edgedNoise } from '../testing/filterInputs';
import { unitPlanes } from '../unitPlanes';
import { pictureTensor } from './pictureTensor';

const range = { min: 3, max: 250 };
const part = { x: 5, y: 2, width: 7, height: 4 };

describe('the tensor of a picture', () => {
  it.each([1, 3] as const)('has three planes of the range, of %i channels', (channels) => {
    const picture = edgedNoise(13, 9, channels, 3, 255);
    const planes = unitPlanes(picture, range);
    const expected = [0, 1, 2].flatMap((channel) => [...planes[channels === 1 ? 0 : channel]!]);
    const tensor = pictureTensor(picture, range);
    expect(tensor).toMatchObject({ channels: 3, width: 13, height: 9 });
    expect([...tensor.data]).toEqual(expected);
    expect(pictureTensor(picture, range, part)).toEqual(pictureTensor(cropRaster(picture, part), range));
  });

  it('is not made of what is outside the picture', () => {
    const picture = edgedNoise(13, 9, 1, 3, 255);
    expect(() => pictureTensor(picture, range, { ...part, x: 7 })).toThrow(RangeError);
  });
});
