import { z } from 'zod';
import { rangeSchema } from './geometry';

/** Colours that follow a value continuously over a range. `grey` maps linearly to display grey. */
const rampColormaps = ['grey', 'turbo', 'viridis', 'magma'] as const;
export type RampColormap = (typeof rampColormaps)[number];

/** How one-channel data is shown. `labels` gives every whole value a colour of its own, whatever the range. */
export const colormaps = [...rampColormaps, 'labels'] as const;
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
