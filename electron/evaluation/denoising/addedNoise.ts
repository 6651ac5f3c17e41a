import { createRaster, type Raster } from '../../raster/raster';
import { gaussianNoise, seedOf } from '../gaussianNoise';

/** Standard deviations in 8-bit levels. */
export const sigmas = [25, 50] as const;
export type Sigma = (typeof sigmas)[number];

/** How noisy pictures are kept: as 8-bit files (clipped to 0…255 and rounded), or as the floats that come out. */
export const storages = ['8-bit', 'float'] as const;
export type Storage = (typeof storages)[number];

/** @param clean 8-bit colours @param scene seeds the noise, together with its strength */
export function withNoise(clean: Raster, sigma: Sigma, storage: Storage, scene: string): Raster {
  const noise = gaussianNoise(seedOf(`${scene}/${sigma}`));
  const data = clean.data.map((value) => {
    const noisy = value + sigma * noise.next().value;
    return storage === '8-bit' ? Math.round(Math.min(255, Math.max(0, noisy))) : noisy;
  });
  return createRaster({ ...clean, data });
}
