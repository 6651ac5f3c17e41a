import type { Size } from '../../contract/geometry';
import { GaussianBlur } from '../gaussianBlur';
import { GridSystem } from './gridSystem';

export interface RelativeVariation {
  /** Strength of the smoothing. */
  readonly lambda: number;
  /** Standard deviation of the window over which variations cancel, in pixels. */
  readonly sigma: number;
  /** The gradient below which it no longer matters how small it is, values being 0…1. */
  readonly epsilonS: number;
}

/** Keeps the inherent variation of flat windows from dividing by 0 (the paper's ε). */
const epsilon = 1e-3;

/**
 * The system of one iteration (Xu et al. 2012, equations 10 to 17): the penalty of every difference is
 * λ · u · w, with u = G * 1 / (|G * ∂S| + ε) and w = 1 / (|∂S| + ε_s). Differences that cancel in their window are
 * texture and are penalised the more. |·| are means over the channels.
 * @param channels planes of S, values about 0…1
 */
export function relativeWeights(
  channels: readonly Float32Array[],
  size: Size,
  settings: RelativeVariation,
): GridSystem {
  const blur = new GaussianBlur(size, settings.sigma);
  const system = new GridSystem(size);
  addPenalties(channels, size, settings, blur, { x: 1, y: 0 }, system.right);
  addPenalties(channels, size, settings, blur, { x: 0, y: 1 }, system.below);
  return system;
}

/** @param total 0 everywhere; the penalties afterwards */
function addPenalties(
  channels: readonly Float32Array[],
  size: Size,
  { lambda, epsilonS }: RelativeVariation,
  blur: GaussianBlur,
  direction: { readonly x: number; readonly y: number },
  total: Float32Array,
): void {
  const pixels = size.width * size.height;
  const difference = new Float32Array(pixels);
  const inherent = new Float32Array(pixels);
  for (const plane of channels) {
    differences(plane, size, direction, difference);
    for (let i = 0; i < pixels; i += 1) total[i]! += Math.abs(difference[i]!) / channels.length;
    blur.apply(difference);
    for (let i = 0; i < pixels; i += 1) inherent[i]! += Math.abs(difference[i]!) / channels.length;
  }
  for (let i = 0; i < pixels; i += 1) inherent[i] = 1 / (inherent[i]! + epsilon);
  blur.apply(inherent);
  for (let y = 0, i = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1, i += 1) {
      const joined = x + direction.x < size.width && y + direction.y < size.height;
      total[i] = joined ? (lambda * inherent[i]!) / (total[i]! + epsilonS) : 0;
    }
  }
}

/** To the neighbour in one direction; 0 where there is none. */
function differences(
  plane: Float32Array,
  { width, height }: Size,
  direction: { readonly x: number; readonly y: number },
  out: Float32Array,
): void {
  const step = direction.y * width + direction.x;
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 1) {
      const joined = x + direction.x < width && y + direction.y < height;
      out[i] = joined ? plane[i + step]! - plane[i]! : 0;
    }
  }
}
