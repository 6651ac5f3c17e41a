import { z } from 'zod';
import { deviceChoiceSchema, deviceReportSchema, devices } from './devices';
import { displaySchema } from './display';
import { errorDataSchema } from './errors';
import { filterDescriptionSchema, type ParameterDescription } from './filters';
import { rangeSchema, rectSchema, sizeSchema } from './geometry';
import { ownNetworkSchema } from './ownNetworks';
import { ownPhotographSchema } from './ownPhotographs';
import { presetSchema } from './presets';
import { exportSettingsSchema, processingSchema, targetValueKinds } from './recipe';
import { roles, sampleTypes, sourceInfoSchema, units, unknownMarkers } from './sources';

/** A file format the engine reads or writes; derived from the one list of codecs. */
const formatDescriptionSchema = z.object({
  id: z.string(),
  title: z.string(),
  extensions: z.array(z.string()),
  reads: z.boolean(),
  /** Sample types it writes; empty when it is only read. */
  writes: z.array(z.enum(sampleTypes)),
  /** Loses detail by design (JPEG, lossy WebP). */
  lossy: z.boolean(),
});
export type FormatDescription = z.infer<typeof formatDescriptionSchema>;

const engineDescriptionSchema = z.object({
  version: z.string(),
  processId: z.int(),
  filters: z.array(filterDescriptionSchema),
  presets: z.array(presetSchema),
  formats: z.array(formatDescriptionSchema),
});
export type EngineDescription = z.infer<typeof engineDescriptionSchema>;

/** A recipe's processing bound to opened sources. */
const boundDocumentSchema = z.object({
  target: z.string().nullable(),
  guidance: z.string().nullable(),
  /** What the result is compared with by the `difference` layer; without it, the enlarged target. */
  reference: z.string().nullable().optional(),
  processing: processingSchema,
  /** The picture after this many iterations of the step with this id, in place of the result: later ones are left out. */
  until: z
    .object({ step: z.string(), iteration: z.int().min(1) })
    .nullable()
    .optional(),
});
export type BoundDocument = z.infer<typeof boundDocumentSchema>;

/** What a document evaluates to, known before any pixel is computed. */
const documentInfoSchema = z.object({
  /** Size of the result: the guidance's (cropped when `fit` says so), or the target's when there is none. */
  size: sizeSchema,
  /** Result pixels per target pixel along x and y. */
  factor: z.object({ x: z.number(), y: z.number() }),
  /** The part of the guidance that is used, in its own pixels. */
  guidanceRegion: rectSchema.nullable(),
  channels: z.union([z.literal(1), z.literal(3)]),
  /** What the result's values are: a network may make classes of a picture. */
  values: z.enum(targetValueKinds),
  unit: z.enum(units),
  fullScale: rangeSchema,
  /** Sentences the user should see: the model that was chosen, an approximation that was made. */
  notices: z.array(z.string()),
});
export type DocumentInfo = z.infer<typeof documentInfoSchema>;

const layerIds = ['guidance', 'target', 'result', 'difference', 'reference'] as const;

/**
 * One tile of one layer. `region` is in pixels of the layer's grid reduced by 2^level. The grid is the result's size,
 * except for `target`, which is drawn on its own grid so that its true pixels show.
 */
const tileRequestSchema = z.object({
  document: boundDocumentSchema,
  layer: z.enum(layerIds),
  level: z.int().min(0).max(12),
  region: rectSchema,
  display: displaySchema,
  /** Increases with every change of document or view; the engine drops requests of older generations. */
  generation: z.int().min(0),
});
export type TileRequest = z.infer<typeof tileRequestSchema>;

const tileResultSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('done'),
    generation: z.int(),
    /** Premultiplied nothing: straight RGBA, 8 bits, row by row, region.width × region.height. Unknown: alpha 0. */
    rgba: z.instanceof(Uint8Array),
    /** True when export would write something else than what this shows (computed on a reduced proxy). */
    approximate: z.boolean(),
    milliseconds: z.number(),
  }),
  z.object({ state: z.literal('stale'), generation: z.int() }),
]);
export type TileResult = z.infer<typeof tileResultSchema>;

/** Values at one result pixel, in each layer's own unit; null where the layer is absent or the pixel unknown. */
const pixelReadingSchema = z.object({
  guidance: z.array(z.number()).nullable(),
  target: z.array(z.number()).nullable(),
  /** Null as well while the tile under the pointer has not been computed at full resolution. */
  result: z.array(z.number()).nullable(),
});
export type PixelReading = z.infer<typeof pixelReadingSchema>;

const exportReportSchema = z.object({
  path: z.string(),
  bytes: z.int(),
  size: sizeSchema,
  format: z.string(),
  sampleType: z.enum(sampleTypes),
  /** Pixels whose value did not fit the file's range and was clamped. */
  clampedPixels: z.int(),
  unknownPixels: z.int(),
  device: z.enum(devices),
  /** Networks that were run, by their id in the models' manifest. */
  models: z.array(z.string()),
  milliseconds: z.number(),
  /** The most memory the engine has held since it was started. */
  peakBytes: z.int(),
  notices: z.array(z.string()),
});
export type ExportReport = z.infer<typeof exportReportSchema>;

const nothing = z.object({});

/** The one list of what the engine can be asked. Arguments are validated in the engine, results in the client. */
export const engineMethods = {
  describe: { args: nothing, result: engineDescriptionSchema },
  devices: { args: z.object({ probe: z.boolean() }), result: deviceReportSchema },
  chooseDevice: { args: z.object({ device: deviceChoiceSchema }), result: deviceReportSchema },
  /** Opening again under the same sourceId replaces it. Ids are the client's, so that they survive a restart. */
  openSource: {
    args: z.object({
      sourceId: z.string(),
      fileId: z.string(),
      role: z.enum(roles),
      unknownMarker: z.enum(unknownMarkers),
      unit: z.enum(units),
    }),
    result: sourceInfoSchema,
  },
  closeSource: { args: z.object({ sourceId: z.string() }), result: nothing },
  /** Tries a network that the user brought in a process of its own; steps name it by its fingerprint from then on. */
  openModel: { args: z.object({ fileId: z.string() }), result: ownNetworkSchema },
  /** Reads a photograph that the user brought for its look; steps name it by its fingerprint from then on. */
  openPhotograph: { args: z.object({ fileId: z.string() }), result: ownPhotographSchema },
  describeDocument: { args: z.object({ document: boundDocumentSchema }), result: documentInfoSchema },
  renderTile: { args: tileRequestSchema, result: tileResultSchema },
  /** Drops the requests for tiles of older generations, as a request of this one would; soft, like `cancel`. */
  stopTiles: { args: z.object({ generation: z.int().min(0) }), result: nothing },
  readPixel: {
    args: z.object({ document: boundDocumentSchema, x: z.int().min(0), y: z.int().min(0) }),
    result: pixelReadingSchema,
  },
  exportResult: {
    args: z.object({
      jobId: z.string(),
      document: boundDocumentSchema,
      writeId: z.string(),
      settings: exportSettingsSchema,
      device: deviceChoiceSchema,
    }),
    result: exportReportSchema,
  },
  /** Soft: takes effect between tiles. The shell's `killEngine` is the hard one. */
  cancel: { args: z.object({ jobId: z.string() }), result: nothing },
} as const;

export type EngineMethod = keyof typeof engineMethods;

/** What opens a file that a step names, by what the file is. */
export const stepFileOpeners = {
  network: 'openModel',
  photograph: 'openPhotograph',
} as const satisfies Record<Extract<ParameterDescription, { kind: 'file' }>['content'], EngineMethod>;

export type EngineArgs<M extends EngineMethod> = z.infer<(typeof engineMethods)[M]['args']>;
export type EngineResult<M extends EngineMethod> = z.infer<(typeof engineMethods)[M]['result']>;

/** The engine as its clients see it: every method a promise that rejects with a SidelightError. */
export type EngineApi = { [M in EngineMethod]: (args: EngineArgs<M>) => Promise<EngineResult<M>> };

const jobProgressSchema = z.object({
  jobId: z.string(),
  phase: z.enum(['queued', 'reading', 'filtering', 'writing']),
  /** Share done of the whole job, 0…1. */
  done: z.number(),
  /** Estimated from the tiles so far; null before the first one. */
  remainingMilliseconds: z.number().nullable(),
});
export type JobProgress = z.infer<typeof jobProgressSchema>;

/** How far the tile is that the engine works on, told when it takes long. */
const renderingProgressSchema = z.object({
  generation: z.int(),
  /** 0…1 of what has to be computed for it, all steps and iterations counted. */
  done: z.number(),
  remainingMilliseconds: z.number(),
});

/** The one list of what the engine tells without being asked. */
export const engineEvents = {
  progress: jobProgressSchema,
  rendering: renderingProgressSchema,
  devicesChanged: deviceReportSchema,
  memory: z.object({ residentBytes: z.number(), storedBytes: z.number() }),
  warning: errorDataSchema,
} as const;
export type EngineEvent = keyof typeof engineEvents;
export type EngineEventData<E extends EngineEvent> = z.infer<(typeof engineEvents)[E]>;
