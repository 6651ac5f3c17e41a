import { z } from 'zod';
import { rangeSchema, sizeSchema } from './geometry';

export const sampleTypes = ['u8', 'u16', 'f32'] as const;
/** How a file stores its samples. */
export type SampleType = (typeof sampleTypes)[number];

export const roles = ['guidance', 'target', 'reference'] as const;
export type Role = (typeof roles)[number];

export const units = ['none', 'mm', 'cm', 'm', 'px'] as const;
/** What a value means; `px` is disparity in pixels. */
export type Unit = (typeof units)[number];

/** Which stored values of a target mean "no measurement". NaN and ±infinity always do. */
export const unknownMarkers = ['auto', 'zero', 'none'] as const;
export type UnknownMarker = (typeof unknownMarkers)[number];

/** What the interface and the command line know about an opened file; the pixels stay in the engine. */
export const sourceInfoSchema = z.object({
  sourceId: z.string(),
  fileId: z.string(),
  /** File name without its folder. */
  name: z.string(),
  format: z.string(),
  size: sizeSchema,
  /** Colour channels, alpha not counted. */
  channels: z.union([z.literal(1), z.literal(3)]),
  hasAlpha: z.boolean(),
  sampleType: z.enum(sampleTypes),
  /** Full scale of the stored samples (0…255, 0…65535, or the values' own extent for floats). */
  fullScale: rangeSchema,
  /** Extent of the known, finite values. */
  valueRange: rangeSchema,
  /** The values there are, in order, where they are few: what a class map is shown with. */
  fewValues: z.array(z.number()).nullable(),
  unit: z.enum(units),
  unknownPixels: z.int().min(0),
  nonFinitePixels: z.int().min(0),
  /** The marker in force once `auto` was resolved. */
  unknownMarker: z.enum(['zero', 'none']),
  hasColourProfile: z.boolean(),
  /** Anything the user should know about how the file was read, in whole sentences. */
  notices: z.array(z.string()),
});
export type SourceInfo = z.infer<typeof sourceInfoSchema>;
