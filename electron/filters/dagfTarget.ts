import type { Size } from '../contract/geometry';
import { createRaster, type Raster } from '../raster/raster';
import { reduceBicubic } from '../raster/reduceBicubic';
import { type ChosenModel, type Factor, geometricFactor, leastFactor } from './dagfModel';
import type { TargetView } from './filter';

/**
 * A target this much sharper than the model knows is reduced to what it knows: otherwise the network paints halos.
 * Measured on validation scenes, ratio of RMSE to bicubic: ×3 with the model for ×4 0.47–0.94 as it is and 0.64–0.94
 * reduced; ×2.5 0.70–1.48 and 0.60–0.98; ×2 1.03–2.26 and 0.63–1.07; ×5 with the model for ×8 0.51–0.82 reduced.
 */
const tolerance = 1.35;

/** Whether a target is reduced before a model sees it. */
export function isReduced(chosen: Pick<ChosenModel, 'factor'>, factor: Factor): boolean {
  const actual = geometricFactor(factor);
  return actual >= leastFactor && chosen.factor / actual > tolerance;
}

const reductions = new WeakMap<Raster, Map<string, Raster>>();

/** The target as the model knows it: as it is, or reduced to the model's factor by the model's own degradation. */
export function suitedTarget(view: TargetView, chosen: Pick<ChosenModel, 'factor' | 'model'>): TargetView {
  if (!isReduced(chosen, view.factor)) return view;
  const { degradation } = chosen.model;
  const { raster, whole, factor } = view;
  if (raster.width !== whole.width || raster.height !== whole.height)
    throw new RangeError('A target on a grid of its own must be given whole.');
  const size = {
    width: reducedLength(whole.width, factor.x, chosen.factor),
    height: reducedLength(whole.height, factor.y, chosen.factor),
  };
  const reduced = remembered(raster, `${degradation} ${size.width} × ${size.height}`, () =>
    degradation === 'nearest' ? pickLast(raster, size) : reduceBicubic(raster, size),
  );
  return {
    ...view,
    raster: reduced,
    offset: { x: 0, y: 0 },
    whole: size,
    factor: {
      x: (factor.x * whole.width) / size.width,
      y: (factor.y * whole.height) / size.height,
    },
  };
}

const reducedLength = (length: number, factor: number, wanted: number) =>
  Math.min(length, Math.max(1, Math.round((length * factor) / wanted)));

/** Every tile asks for the same. */
function remembered(raster: Raster, key: string, make: () => Raster): Raster {
  const known = reductions.get(raster) ?? new Map<string, Raster>();
  reductions.set(raster, known);
  const result = known.get(key) ?? make();
  known.set(key, result);
  return result;
}

/** The last pixel of every block, as the papers' nearest-neighbour protocol keeps it. */
function pickLast(raster: Raster, { width, height }: Size): Raster {
  const lastOf = (index: number, length: number, reduced: number) =>
    Math.ceil(((index + 1) * length) / reduced - 1e-6) - 1;
  const columns = Int32Array.from({ length: width }, (_, x) => lastOf(x, raster.width, width));
  const data = new Float32Array(width * height * raster.channels);
  for (let row = 0; row < height * raster.channels; row += 1) {
    const channel = Math.floor(row / height);
    const from = (channel * raster.height + lastOf(row % height, raster.height, height)) * raster.width;
    for (let x = 0; x < width; x += 1) data[row * width + x] = raster.data[from + columns[x]!]!;
  }
  return createRaster({ ...raster, width, height, data, unknown: null, alpha: null });
}
