import { z } from 'zod';

/** Width and height in whole pixels, at least 1 each. */
export const sizeSchema = z.object({ width: z.int().min(1), height: z.int().min(1) });
export type Size = z.infer<typeof sizeSchema>;

/** A half-open pixel rectangle: x ≤ column < x + width. */
export const rectSchema = z.object({
  x: z.int().min(0),
  y: z.int().min(0),
  width: z.int().min(1),
  height: z.int().min(1),
});
export type Rect = z.infer<typeof rectSchema>;

export const rangeSchema = z.object({ min: z.number(), max: z.number() });
/** Closed interval of values, in the unit of what it describes. */
export type Range = z.infer<typeof rangeSchema>;

/** The smallest rectangle that contains them all; there must be one at least. */
export function around(rects: readonly Rect[]): Rect {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}
