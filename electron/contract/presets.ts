import { z } from 'zod';
import { processingSchema } from './recipe';

/** An application of the filters with everything set for it: chosen by name, then changed like any other recipe. */
export const presetSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** What it is for, in a sentence. */
  summary: z.string(),
  /** A map of measurements, shares or labels, beside a picture with more channels; or itself a picture. */
  target: z.enum(['map', 'picture']),
  /** What the target is here (“Photo without flash”). */
  targetTitle: z.string(),
  /** What the guidance is here; null when the target guides itself and no other picture is needed. */
  guidanceTitle: z.string().nullable(),
  /**
   * Long side, in pixels, of the guidance that the steps' lengths in pixels are written for: another guidance gets them in
   * proportion. They are the same for any size where it is left out.
   */
  guidanceSide: z.number().positive().optional(),
  /** Step ids are unique within the preset only. */
  processing: processingSchema,
});
export type Preset = z.infer<typeof presetSchema>;
