import { z } from 'zod';

/** Other parameters, and the values of them that are needed: of every one of them one. */
const usedWhenSchema = z
  .array(z.object({ parameter: z.string(), values: z.array(z.string()).min(1) }))
  .min(1)
  .optional();

/** One parameter of a filter; panel control, CLI help, docs table and validation all derive from it. */
const common = {
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  /** It makes a difference only then. */
  usedWhen: usedWhenSchema,
};

const numberParameterSchema = z.object({
  ...common,
  kind: z.literal('number'),
  unit: z.string(),
  min: z.number(),
  max: z.number(),
  step: z.number(),
  default: z.number(),
  integer: z.boolean(),
  /** Sliders of `log` parameters move in equal ratios. */
  scale: z.enum(['linear', 'log']),
});
const choiceParameterSchema = z.object({
  ...common,
  kind: z.literal('choice'),
  options: z
    .array(
      z.object({
        value: z.string(),
        title: z.string(),
        summary: z.string(),
        /** With it the filter takes so many times as long as it says; 1 when left out. */
        times: z.number().positive().optional(),
      }),
    )
    .min(1),
  default: z.string(),
});
const booleanParameterSchema = z.object({
  ...common,
  kind: z.literal('boolean'),
  default: z.boolean(),
});

/** A file of the user's, by its path, or by its name where it has none; empty while none is chosen. */
const fileParameterSchema = z.object({
  ...common,
  kind: z.literal('file'),
  /** What the file is: it decides how it is opened. */
  content: z.enum(['network', 'photograph']),
  /** What such files end with, no dot; left out where any picture that is read will do. */
  extensions: z.array(z.string()).min(1).optional(),
  default: z.literal(''),
});
/**
 * The SHA-256 of the file that another parameter names. Filled in when the file is opened, so that the recipe says which
 * content it was made with; never asked for.
 */
const fingerprintParameterSchema = z.object({
  ...common,
  kind: z.literal('fingerprint'),
  of: z.string(),
  default: z.literal(''),
});

const parameterSchema = z.discriminatedUnion('kind', [
  numberParameterSchema,
  choiceParameterSchema,
  booleanParameterSchema,
  fileParameterSchema,
  fingerprintParameterSchema,
]);
export type ParameterDescription = z.infer<typeof parameterSchema>;

export const filterDescriptionSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** What it is for, in a sentence. */
  summary: z.string(),
  guidance: z.enum(['required', 'optional', 'unused']),
  /** Result pixels per target pixel from which on it is a good first choice. */
  leastFactor: z.number(),
  parameters: z.array(parameterSchema),
  /** What the step's opacity is called where it says how much of an effect is wanted; “Opacity” when left out. */
  opacityTitle: z.string().optional(),
  /** Where the method comes from. */
  paper: z.string(),
  /** Rough seconds per megapixel of result on two CPU cores at its defaults, for scheduling and estimates (`recipe/cost.ts`). */
  secondsPerMegapixel: z.number(),
});
export type FilterDescription = z.infer<typeof filterDescriptionSchema>;

const parameterValueSchema = z.union([z.number(), z.string(), z.boolean()]);
export type ParameterValue = z.infer<typeof parameterValueSchema>;
export const parameterValuesSchema = z.record(z.string(), parameterValueSchema);
export type ParameterValues = z.infer<typeof parameterValuesSchema>;
