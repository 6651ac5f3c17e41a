import { z } from 'zod';
import { rangeSchema } from './geometry';

/** How one-channel data is shown. `grey` maps linearly to display grey. */
export const colormaps = ['grey', 'turbo', 'viridis', 'magma'] as const;
export type Colormap = (typeof colormaps)[number];

/**
 * The display transform of a layer: one-channel data through a colormap over an explicit range;
 * three-channel pictures through their colour profile to sRGB, `range` mapping to 0…1 first.
 */
export const displaySchema = z.object({
  colormap: z.enum(colormaps),
  range: rangeSchema,
  /** Marks values outside `range` instead of clamping them silently. */
  markSaturated: z.boolean(),
});
export type Display = z.infer<typeof displaySchema>;
