import { createRaster, type Raster } from '../raster/raster';
import { reduceBicubic } from '../raster/reduceBicubic';
import { gaussianNoise } from './gaussianNoise';

export const degradations = ['nearest', 'bicubic', 'noisy'] as const;
/**
 * How the small target is made of the ground truth (DAGF Tables I and III). *nearest* keeps the last pixel of every
 * block, *bicubic* is antialiased with a = −0.5, *noisy* adds Gaussian noise to that.
 */
export type Degradation = (typeof degradations)[number];

/** Variance 25 on the 0…255 scale. */
export const noiseDeviation = 5;

/**
 * The low-resolution target. Values stay floats: nothing is rounded to 8 bits and nothing clamped.
 * @param truth one channel, every pixel known, width and height multiples of `factor`
 * @param seed of the noise
 */
export function degrade(truth: Raster, degradation: Degradation, factor: number, seed: number): Raster {
  if (degradation === 'nearest') return keepLastOfBlocks(truth, factor);
  const reduced = reduceBicubic(truth, { width: truth.width / factor, height: truth.height / factor });
  return degradation === 'noisy' ? addNoise(reduced, seed) : reduced;
}

/** `d[s-1::s, s-1::s]`, as the papers' released code samples. */
function keepLastOfBlocks(truth: Raster, factor: number): Raster {
  const width = truth.width / factor;
  const height = truth.height / factor;
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = (y * factor + factor - 1) * truth.width + factor - 1;
    for (let x = 0; x < width; x += 1) data[y * width + x] = truth.data[row + x * factor]!;
  }
  return createRaster({ ...truth, width, height, data });
}

function addNoise(raster: Raster, seed: number): Raster {
  const noise = gaussianNoise(seed);
  return createRaster({
    ...raster,
    data: raster.data.map((value) => value + noiseDeviation * noise.next().value),
  });
}
