import { describe, expect, it } from 'vitest';
import { fewValues, labelMapOf, labelsIn, oneHot } from './labels';
import { createRaster } from './raster';

describe('label maps', () => {
  it('have a label for every value, however wide', () => {
    const data = Float32Array.of(70_000, 0, 255, 70_000, -3, 0);
    const raster = createRaster({ width: 3, height: 2, channels: 1, data });
    const map = labelMapOf(raster);
    expect(map.labels).toEqual([[70_000], [0], [255], [-3]]);
    expect([...map.indices]).toEqual([0, 1, 2, 0, 3, 1]);
    expect(labelMapOf(raster)).toBe(map);
    expect([...oneHot(raster, map, 1).data]).toEqual([0, 1, 0, 0, 0, 1]);
  });

  it('have a label for every colour', () => {
    const data = Float32Array.of(128, 0, 128, 128, 0, 0, 0, 128, 0, 0, 0, 0);
    const map = labelMapOf(createRaster({ width: 2, height: 2, channels: 3, data }));
    expect(map.labels).toEqual([
      [128, 0, 0],
      [0, 0, 0],
      [128, 128, 0],
    ]);
    expect([...map.indices]).toEqual([0, 1, 0, 2]);
  });

  it('say what occurs in a region, cut to the map', () => {
    const data = Float32Array.of(1, 1, 2, 1, 3, 4);
    const raster = createRaster({ width: 3, height: 2, channels: 1, data });
    const map = labelMapOf(raster);
    const valuesIn = (x: number, y: number, width: number, height: number) =>
      labelsIn(raster, map, { x, y, width, height }).map((label) => map.labels[label]![0]);
    expect(valuesIn(0, 0, 2, 2)).toEqual([1, 3]);
    expect(valuesIn(1, 1, 9, 9)).toEqual([3, 4]);
  });

  it('are listed in order where they are few, for maps of one channel', () => {
    const raster = createRaster({
      width: 3,
      height: 2,
      channels: 1,
      data: Float32Array.of(7, 0, 7, 255, 0, 3),
    });
    expect(fewValues(raster, 4)).toEqual([0, 3, 7, 255]);
    expect(fewValues(raster, 3)).toBeNull();
    expect(fewValues(createRaster({ ...raster, width: 2, height: 1, channels: 3 }), 9)).toBeNull();
  });

  it('are refused when they are none', () => {
    const data = Float32Array.from({ length: 5000 }, (_, i) => i / 7);
    expect(() => labelMapOf(createRaster({ width: 100, height: 50, channels: 1, data }))).toThrow(
      expect.objectContaining({ code: 'classes-too-many', remedy: expect.stringContaining('PNG') }),
    );
  });
});
