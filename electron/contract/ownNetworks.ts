import { z } from 'zod';
import { fingerprintSchema } from './fingerprint';
import { rangeSchema, sizeSchema } from './geometry';

/** The order of a tensor's axes: number of pictures, channels, height, width. */
const layouts = ['NCHW', 'NHWC', 'CHW', 'HWC', 'NHW', 'HW'] as const;
export type Layout = (typeof layouts)[number];

const elementTypes = ['float32', 'float16', 'uint8'] as const;
export type ElementType = (typeof elementTypes)[number];

const tensorSchema = z.object({
  name: z.string(),
  layout: z.enum(layouts),
  type: z.enum(elementTypes),
  channels: z.int().positive(),
});

/** A network that the user brought, as far as its file and a trial run tell. */
export const ownNetworkSchema = z.object({
  fingerprint: fingerprintSchema,
  /** File name without its folder. */
  name: z.string(),
  bytes: z.int(),
  input: tensorSchema.extend({
    /** The only size it takes; null when it takes any whose sides are multiples of `multiple`. */
    size: sizeSchema.nullable(),
    multiple: z.int().positive(),
  }),
  output: tensorSchema.extend({
    /** Input pixels per output pixel along both axes. */
    reduction: z.int().positive(),
    /** The values it gave in the trial, whose picture had values of 0…1 (0…255 for uint8). */
    range: rangeSchema,
  }),
  /** Outputs that are not looked at. */
  otherOutputs: z.array(z.string()),
});
export type OwnNetwork = z.infer<typeof ownNetworkSchema>;
