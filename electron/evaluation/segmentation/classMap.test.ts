import { describe, expect, it } from 'vitest';
import { createRaster } from '../../raster/raster';
import { classesOf, colourOf, probabilityOf, readLabels, strongestClass } from './classMap';

const row = (channels: 1 | 3, ...data: number[]) =>
  createRaster({ width: data.length / channels, height: 1, channels, data: Float32Array.from(data) });

describe('class maps', () => {
  // From the PASCAL VOC development kit: background, aeroplane, person, tv monitor, void.
  it.each([
    [0, [0, 0, 0]],
    [1, [128, 0, 0]],
    [15, [192, 128, 128]],
    [20, [0, 64, 128]],
    [255, [224, 224, 192]],
  ])('know the colour of the label %i', (label, colour) => {
    expect(colourOf(label)).toEqual(colour);
  });

  it('are read from labels and from colours alike, 255 being no class', () => {
    const grey = readLabels(row(1, 0, 15, 255), 'grey.png');
    const coloured = readLabels(row(3, 0, 192, 224, 0, 128, 224, 0, 128, 192), 'coloured.png');
    expect([...coloured.data]).toEqual([0, 15, 255]);
    expect(coloured).toEqual(grey);
    expect([...(grey.unknown ?? [])]).toEqual([0, 0, 1]);
    expect(classesOf(grey)).toEqual([0, 15]);
    expect(() => readLabels(row(3, 1, 2, 3), 'photo.png')).toThrow('no class of PASCAL VOC');
  });

  it('come back from their probabilities', () => {
    const map = row(1, 0, 15, 7, 7);
    const labels = classesOf(map);
    const probabilities = labels.map((label) => probabilityOf(map, label));
    expect([...probabilities[1]!.data]).toEqual([0, 0, 1, 1]);
    expect([...strongestClass(probabilities, labels).data]).toEqual([0, 15, 7, 7]);
    expect([...strongestClass([row(1, 0.4, 0.5), row(1, 0.6, 0.5)], [3, 9]).data]).toEqual([9, 3]);
  });
});
