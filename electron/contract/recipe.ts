import { z } from 'zod';
import { parameterValuesSchema } from './filters';
import { rangeSchema } from './geometry';
import { sampleTypes, units, unknownMarkers } from './sources';

/**
 * What a step is guided by: the document's guidance picture; or what comes into the step, so that the picture guides
 * itself and each iteration is guided by the result of the one before.
 */
export const stepGuidances = ['document', 'input'] as const;
export type StepGuidance = (typeof stepGuidances)[number];

/** One filter applied to the result of the step before it (the first one: to the target). */
const stepSchema = z.object({
  id: z.string().min(1),
  filter: z.string().min(1),
  enabled: z.boolean(),
  parameters: parameterValuesSchema,
  /** The filter is applied this often, each time to its own result. */
  iterations: z.int().min(1).max(20),
  guidance: z.enum(stepGuidances),
  /** Share of the filtered picture in the blend with what came in, 0…1. */
  opacity: z.number().min(0).max(1),
});
export type Step = z.infer<typeof stepSchema>;

/** What to do when guidance and target differ in shape: refuse, crop the guidance to the target's shape, stretch. */
export const fits = ['refuse', 'crop', 'stretch'] as const;
export type Fit = (typeof fits)[number];

/** What becomes of pixels the target does not know: they stay unknown, or the filter completes them. */
export const unknownPolicies = ['keep', 'complete'] as const;
export type UnknownPolicy = (typeof unknownPolicies)[number];

/**
 * What the target's values are: amounts, between which there are others; or classes, each its own label, which are
 * filtered one by one and never mixed: a result pixel gets the label that came out strongest.
 */
export const targetValueKinds = ['continuous', 'classes'] as const;
export type TargetValues = (typeof targetValueKinds)[number];

/** How the result is computed; with files and export settings around it, a recipe. */
export const processingSchema = z.object({
  fit: z.enum(fits),
  unknown: z.enum(unknownPolicies),
  targetValues: z.enum(targetValueKinds),
  steps: z.array(stepSchema),
});
export type Processing = z.infer<typeof processingSchema>;

export const overwritePolicies = ['refuse', 'replace', 'rename'] as const;
export type OverwritePolicy = (typeof overwritePolicies)[number];

export const exportSettingsSchema = z.object({
  format: z.string().min(1),
  sampleType: z.enum(sampleTypes),
  /**
   * Values that map to the ends of an integer file's scale. `null` keeps the target's own full scale, so that
   * integer data keeps its values (a depth in millimetres stays in millimetres). Floats are never scaled.
   */
  range: rangeSchema.nullable(),
  overwrite: z.enum(overwritePolicies),
  /** JPEG and WebP, 1…100. */
  quality: z.int().min(1).max(100),
});
export type ExportSettings = z.infer<typeof exportSettingsSchema>;

const inputSchema = z.object({
  path: z.string().min(1),
  unknownMarker: z.enum(unknownMarkers),
  unit: z.enum(units),
});
export type Input = z.infer<typeof inputSchema>;

export const recipeSchema = processingSchema.extend({
  version: z.literal(2),
  inputs: z.object({
    target: inputSchema.nullable(),
    guidance: inputSchema.nullable(),
    reference: inputSchema.nullable(),
  }),
  export: exportSettingsSchema,
});
/** The document: everything Sidelight knows about a piece of work, as plain data. */
export type Recipe = z.infer<typeof recipeSchema>;
