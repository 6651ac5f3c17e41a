import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SidelightError } from '../../contract/errors';
import { lowNoise } from '../../filters/networkModel';

const inputSchema = z.object({ name: z.string().min(1), channels: z.int().positive() });

/** A file beside the manifest, never elsewhere. */
const fileSchema = (ending: string) =>
  z.object({
    file: z.string().regex(new RegExp(`^[\\w.-]+\\.${ending}$`)),
    bytes: z.int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  });
export type ModelFile = z.infer<ReturnType<typeof fileSchema>>;

const outputSchema = fileSchema('onnx').extend({
  id: z.string().min(1),
  /** Size of this output as a share of the input's. */
  scale: z.number().positive().max(1),
  /** How far, in pixels of the target or the picture, one output pixel sees. */
  reach: z.int().min(0),
  /** The graph that computes it in float16, where there is one. */
  float16: fileSchema('onnx').optional(),
});

/** What every model has. */
const common = {
  id: z.string().min(1),
  title: z.string().min(1),
  parameters: z.int().positive(),
  /** The numbers that all graphs of the model refer to. */
  weights: fileSchema('safetensors'),
  licence: z.string(),
};

const dagfFields = z.object({
  ...common,
  network: z.literal('dagf'),
  task: z.string(),
  /** How many times smaller than the guidance the targets were that it was trained for; 1: on the guidance's grid. */
  factors: z.array(z.number().min(1)).min(1),
  degradation: z.enum(['bicubic', 'nearest', 'noisy', 'noise', 'texture', 'blind', lowNoise]),
  /** The model that cleans this one's targets on their own grid first. */
  denoisedBy: z.string().min(1).optional(),
  /** Whether its graphs are told the target before that, too, as `noisy`. */
  seesNoisy: z.boolean().default(false),
  /**
   * Pixels of guidance for every target pixel along both sides that its graphs want: their input `guidance` is [1, 3, n H, n W] where
   * `target` is [1, 1, H, W].
   */
  guidanceDetail: z.int().min(1).default(1),
  variant: z.enum(['standard', 'wide', 'fast']),
  /** Of its features at every level. */
  channels: z.int().positive(),
  sizeMultiple: z.int().min(1),
  inputs: z.object({ target: inputSchema, guidance: inputSchema, noisy: inputSchema.exactOptional() }),
  outputs: z.array(outputSchema).min(1),
});

/** Only a target that is cleaned has been another one before. Only a grid smaller than the result's has a guidance that is finer. */
const dagfSchema = dagfFields
  .refine(
    ({ seesNoisy, denoisedBy, inputs }) =>
      seesNoisy === (inputs.noisy !== undefined) && (!seesNoisy || denoisedBy !== undefined),
    'no noisy target to see',
  )
  .refine(
    ({ guidanceDetail, degradation }) => guidanceDetail === 1 || degradation === lowNoise,
    'no finer guidance to see',
  );

/** A parameter of the operator that a clone is told as 0…1 over this range, by ratios where it is `log`. */
const conditionSchema = z
  .object({ name: z.string().min(1), min: z.number(), max: z.number(), scale: z.enum(['linear', 'log']) })
  .refine(({ min, max, scale }) => min < max && (scale === 'linear' || min > 0), 'no range');

const dgfFields = z.object({
  ...common,
  network: z.literal('dgf'),
  /** The filter that it was taught by. */
  operator: z.string().min(1),
  variant: z.enum(['s', 'b', 'cb', 'c', 'can']),
  /** Short side of the low-resolution picture that it was trained on; null for the network at full resolution. */
  side: z.int().positive().nullable(),
  /** In the order of the graphs' input `condition`; none: of the operator it knows what its draft is made with, if it has one, and the defaults. */
  conditions: z.array(conditionSchema).default([]),
  /** Whether the graph with the network is told, as `texture`, what its small copy leaves out, or with a draft the copy which that is made on. */
  texture: z.boolean().default(false),
  /** Short side of the copy on which the operator itself makes the `draft` that this graph is told; null: it is not told. */
  draft: z.int().positive().nullable().default(null),
  /** Short side of the copy by whose statistics the operator makes that draft, and whose pixels' texture is told then; null: by its own. */
  overview: z.int().positive().nullable().default(null),
  inputs: z.record(z.string(), inputSchema),
  outputs: z.array(outputSchema).min(1),
});

/** An overview is reduced to the draft's copy, and a draft to the small copy. */
const dgfSchema = dgfFields
  .refine(
    ({ side, draft }) => draft === null || (side !== null && draft >= side),
    'no small copy for the draft',
  )
  .refine(
    ({ draft, overview }) => overview === null || (draft !== null && overview >= draft),
    'no draft for the overview',
  );

const modelSchema = z.discriminatedUnion('network', [dagfSchema, dgfSchema]);
export type Model = z.infer<typeof modelSchema>;
export type ModelOf<Network extends Model['network']> = Extract<Model, { network: Network }>;
export type ModelOutput = Model['outputs'][number];

const modelsSchema = z.array(modelSchema).superRefine((models, context) => {
  const denoisers = models.filter((model) => model.network === 'dagf' && model.degradation === lowNoise);
  for (const [index, model] of models.entries()) {
    if (model.network !== 'dagf' || model.denoisedBy === undefined) continue;
    if (denoisers.some(({ id }) => id === model.denoisedBy)) continue;
    const message = `there is no model “${model.denoisedBy}” that denoises small targets`;
    context.addIssue({ code: 'custom', path: [index, 'denoisedBy'], message });
  }
});

const manifestSchema = z.object({ version: z.literal(2), models: modelsSchema });

/**
 * The models that belong to this installation, from `manifest.json` in their folder.
 * @throws SidelightError model-missing, model-manifest-invalid
 */
export function readManifest(folder: string): readonly Model[] {
  const path = join(folder, 'manifest.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SidelightError(
      'model-missing',
      `The list of models, ${path}, cannot be read.`,
      'Install Sidelight again. Filters without a network still work.',
      { path },
      cause,
    );
  }
  try {
    return manifestSchema.parse(JSON.parse(text)).models;
  } catch (cause) {
    throw new SidelightError(
      'model-manifest-invalid',
      `The list of models, ${path}, is not one this version of Sidelight can read: ${firstProblem(cause)}.`,
      'Install Sidelight again, so that the program and its models fit together.',
      { path },
      cause,
    );
  }
}

function firstProblem(cause: unknown): string {
  if (!(cause instanceof z.ZodError)) return cause instanceof Error ? cause.message : String(cause);
  const [issue] = cause.issues;
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'wrong shape';
}
