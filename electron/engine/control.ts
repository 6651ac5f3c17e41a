import { z } from 'zod';
import { deviceChoiceSchema, devices } from '../contract/devices';
import { errorDataSchema } from '../contract/errors';
import { ownNetworkSchema } from '../contract/ownNetworks';

/**
 * What crosses between an engine process and the process that owns it. Clients' own traffic travels inside as opaque
 * bytes; everything else here is the owner's business: files, probing, life and death.
 */

const engineOptionsSchema = z.object({
  /** Folder of manifest.json and the model files. */
  modelsFolder: z.string(),
  /** Device to start with. */
  device: deviceChoiceSchema,
  /** Working memory one tile may take, bytes: it decides the tile size. */
  tileBytes: z.number().positive(),
  /** Computed tiles kept for the next pan or colormap, bytes. */
  cacheBytes: z.number().positive(),
  /** Networks kept ready on a GPU, count. */
  sessions: z.int().min(1),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
});
export type EngineOptions = z.infer<typeof engineOptionsSchema>;

/** What a device did with the probe tile. */
const probeOutcomeSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('ready'),
    milliseconds: z.number(),
    /** What the processor took for the same tile. */
    processorMilliseconds: z.number(),
    difference: z.number(),
    /** Whether it is also right in float16, as far as float16 can be. */
    float16: z.boolean(),
  }),
  z.object({ state: z.literal('wrong-result'), difference: z.number().nullable(), detail: z.string() }),
  z.object({ state: z.literal('failed'), detail: z.string() }),
  /** `technical`: the runtime's own words, for the log. */
  z.object({ state: z.literal('unavailable'), detail: z.string(), technical: z.string().optional() }),
]);
export type ProbeOutcome = z.infer<typeof probeOutcomeSchema>;

/** What became of a model file that was tried. */
const trialOutcomeSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('fit'), network: ownNetworkSchema }),
  z.object({ state: z.literal('unsuited'), problem: errorDataSchema }),
]);
export type TrialOutcome = z.infer<typeof trialOutcomeSchema>;

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Owner → engine. The first message is `configure` (an engine), or `runProbe` or `runTrial` (a short-lived process). */
export const hostMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('configure'), options: engineOptionsSchema }),
  z.object({ kind: z.literal('runProbe'), device: z.enum(devices), modelsFolder: z.string() }),
  z.object({ kind: z.literal('runTrial'), path: z.string() }),
  /** A client whose traffic travels in `data` messages, or over the MessagePort sent along with this one. */
  z.object({ kind: z.literal('attach'), client: z.string() }),
  z.object({ kind: z.literal('data'), client: z.string(), bytes }),
  z.object({ kind: z.literal('detach'), client: z.string() }),
  z.object({ kind: z.literal('grantRead'), fileId: z.string(), path: z.string() }),
  z.object({ kind: z.literal('grantWrite'), writeId: z.string(), path: z.string() }),
  z.object({ kind: z.literal('probed'), device: z.enum(devices), outcome: probeOutcomeSchema }),
  z.object({ kind: z.literal('tried'), trial: z.int(), outcome: trialOutcomeSchema }),
  z.object({ kind: z.literal('shutdown') }),
]);
export type HostMessage = z.infer<typeof hostMessageSchema>;

/** Engine → owner. */
export const engineMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('data'), client: z.string(), bytes }),
  z.object({ kind: z.literal('detached'), client: z.string() }),
  /** Asks the owner to probe a device in a process of its own; answered by `probed`. */
  z.object({ kind: z.literal('probe'), device: z.enum(devices) }),
  /** A probing process's only answer. */
  z.object({ kind: z.literal('probeDone'), outcome: probeOutcomeSchema }),
  /** Asks the owner to try a model file, one that clients may read, in a process of its own; answered by `tried`. */
  z.object({ kind: z.literal('try'), trial: z.int(), fileId: z.string() }),
  z.object({ kind: z.literal('trialDone'), outcome: trialOutcomeSchema }),
]);
export type EngineMessage = z.infer<typeof engineMessageSchema>;
