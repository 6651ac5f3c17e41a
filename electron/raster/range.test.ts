import { describe, expect, it } from 'vitest';
import { knownRange } from './range';
import { createRaster } from './raster';

describe('knownRange', () => {
  it('is the extent of the known samples of all channels', () => {
    const data = Float32Array.of(-5, 2, 900, 7, 3, 900);
    const unknown = Uint8Array.of(0, 0, 1);
    const raster = createRaster({ width: 3, height: 1, channels: 1, data: data.slice(0, 3), unknown });
    expect(knownRange(raster)).toEqual({ min: -5, max: 2 });
    const colour = createRaster({ width: 1, height: 2, channels: 3, data, unknown: Uint8Array.of(1, 0) });
    expect(knownRange(colour)).toEqual({ min: 2, max: 900 });
  });

  it('is null when nothing is known', () => {
    const unknown = Uint8Array.of(1);
    expect(
      knownRange(createRaster({ width: 1, height: 1, channels: 1, data: new Float32Array(1), unknown })),
    ).toBeNull();
  });
});
