import { checkShapes, noPixels } from './differences';
import { erodeSquare } from './erode';
import type { Comparison, Metric } from './metric';

/** Half the width of the boundary's band as a share of the picture's diagonal (Cheng et al. 2021, sec. 4). */
const bandShare = 0.02;

/** Intersection over union of class maps, the mean over the classes in the reference. Unknown pixels do not count. */
export const meanIou: Metric = {
  id: 'mean-iou',
  title: 'mean IoU',
  unit: 'none',
  better: 'higher',
  measure: (comparison) => meanOverClasses(comparison, (mask) => mask),
};

/**
 * Boundary IoU (B. Cheng, R. Girshick, P. Dollár, A. Berg, A. Kirillov, Boundary IoU, CVPR 2021, eq. 3): the
 * intersection over union of each class's pixels within d of its own contour, d being 2 % of the picture's diagonal,
 * measured along the grid (a square of 2d + 1), at least one pixel; the picture's edge is a contour. The mean over
 * the classes in the reference. Unknown pixels belong to no class and do not count.
 */
export const boundaryIou: Metric = {
  id: 'boundary-iou',
  title: 'boundary IoU',
  unit: 'none',
  better: 'higher',
  measure(comparison) {
    const { width, height } = comparison.reference;
    const reach = Math.max(1, Math.round(bandShare * Math.hypot(width, height)));
    return meanOverClasses(comparison, (mask) => {
      const inner = erodeSquare(mask, { width, height }, reach);
      return mask.map((member, i) => member & ~inner[i]! & 1);
    });
  },
};

function meanOverClasses(comparison: Comparison, partOf: (mask: Uint8Array) => Uint8Array): number {
  checkShapes(comparison);
  const { result, reference } = comparison;
  const counts = (_: number, i: number) => !reference.unknown?.[i] && !result.unknown?.[i];
  const classes = [...new Set(reference.data.filter(counts))];
  if (classes.length === 0) throw noPixels();
  const maskOf = (data: Float32Array, label: number) =>
    Uint8Array.from(data, (value, i) => (value === label && counts(value, i) ? 1 : 0));
  const scores = classes.map((label) =>
    overlap(partOf(maskOf(result.data, label)), partOf(maskOf(reference.data, label))),
  );
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function overlap(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.length; i += 1) {
    both += a[i]! & b[i]!;
    either += a[i]! | b[i]!;
  }
  return both / either;
}
