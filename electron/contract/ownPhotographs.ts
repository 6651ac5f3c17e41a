import { z } from 'zod';
import { fingerprintSchema } from './fingerprint';

/** A photograph that the user brought for a step: its look is taken on, not its pixels. */
export const ownPhotographSchema = z.object({
  fingerprint: fingerprintSchema,
  /** File name without its folder. */
  name: z.string(),
});
export type OwnPhotograph = z.infer<typeof ownPhotographSchema>;
