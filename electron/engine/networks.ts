import type { Device } from '../contract/devices';
import { SidelightError } from '../contract/errors';
import type { NetworkRunner, NetworkTensor } from '../filters/filter';
import type { Devices } from './devices';
import type { ModelLibrary } from './models/library';
import type { Model } from './models/manifest';
import type { Sessions } from './models/sessions';
import { type Precision, ProviderFailure } from './providers/provider';

/** Previews are computed in float16 where a device is right in it, exports never. */
export type Purpose = 'preview' | 'export';

export interface NetworkParts {
  readonly library: ModelLibrary;
  readonly sessions: Sessions;
  readonly devices: Devices;
  /** Tells the user that work went on elsewhere. */
  readonly warn: (warning: SidelightError) => void;
}

/** Runs networks on one device for as long as it delivers; after a failure the same tile and all others run on the CPU. */
export class Networks implements NetworkRunner {
  /** Ids of the models in the order they were run. */
  readonly used: string[] = [];

  constructor(
    private readonly parts: NetworkParts,
    private device: Device,
    private readonly purpose: Purpose = 'export',
  ) {}

  /** The device in use now. */
  get current(): Device {
    return this.device;
  }

  /** What networks are computed in now, where they come in it. */
  get precision(): Precision {
    return this.purpose === 'preview' ? this.parts.devices.previewPrecision(this.device) : 'float32';
  }

  models(network: Model['network']): readonly Model[] {
    return this.parts.library.models(network);
  }

  async run(
    modelId: string,
    outputId: string,
    inputs: Readonly<Record<string, NetworkTensor>>,
  ): Promise<NetworkTensor> {
    const { model, output: wanted } = this.parts.library.find(modelId, outputId);
    const named = namedInputs(model, inputs);
    this.used.push(modelId);
    for (;;) {
      const { device } = this;
      const precision = wanted.float16 ? this.precision : 'float32';
      try {
        const session = await this.parts.sessions.get(device, modelId, outputId, precision);
        const output = await session.run(named);
        const fault = notFinite(output) ?? (device === 'cpu' ? null : empty(output, inputs));
        if (fault === null) return output;
        this.leave(device, precision, 'wrong-result', fault);
      } catch (thrown) {
        if (!(thrown instanceof ProviderFailure)) throw thrown;
        // Smaller tiles are tried first; a device that cannot hold even those is left.
        if (thrown.kind === 'memory' && (device === 'cpu' || pixelsOf(named) > smallTile))
          throw memoryExhausted(thrown);
        this.leave(device, precision, 'failed', thrown.message);
      }
    }
  }

  /** @throws SidelightError when there is nothing left to fall back to */
  private leave(
    device: Device,
    precision: Precision,
    state: 'failed' | 'wrong-result',
    detail: string,
  ): void {
    if (precision === 'float16') {
      this.parts.devices.failFloat16(device);
      return;
    }
    if (device === 'cpu') throw processorFailed(detail);
    this.parts.devices.fail(device, state, detail);
    this.device = this.parts.devices.active();
    if (this.device === device) this.device = 'cpu';
    this.parts.warn(fellBack(device, this.device, detail));
  }
}

const smallTile = 128 * 128;

const pixelsOf = (inputs: Readonly<Record<string, NetworkTensor>>) =>
  Math.max(...Object.values(inputs).map(({ width, height }) => width * height));

/** Filters name inputs by their role; the file may call them otherwise. */
function namedInputs(
  model: Model,
  inputs: Readonly<Record<string, NetworkTensor>>,
): Readonly<Record<string, NetworkTensor>> {
  const names: Readonly<Record<string, { name: string } | undefined>> = model.inputs;
  return Object.fromEntries(
    Object.entries(inputs).map(([role, tensor]) => [names[role]?.name ?? role, tensor]),
  );
}

const notFinite = ({ data }: NetworkTensor): string | null =>
  data.every(Number.isFinite) ? null : 'It gave values that are not numbers.';

/** Inputs that are no pictures: zeros in them are values like others (see `conditionOf` and `textureOf`). */
const toldRoles: readonly string[] = ['condition', 'texture'];

/** What faulty drivers give: nothing but zeros for a picture that is not empty. @param inputs by role */
function empty({ data }: NetworkTensor, inputs: Readonly<Record<string, NetworkTensor>>): string | null {
  if (data.some((value) => value !== 0)) return null;
  const somethingIn = Object.entries(inputs).every(
    ([role, input]) => toldRoles.includes(role) || input.data.some((value) => value !== 0),
  );
  return somethingIn ? 'It gave an empty picture.' : null;
}

const fellBack = (from: Device, to: Device, detail: string) =>
  new SidelightError(
    'device-failed',
    `The device “${from}” failed: ${detail} The work goes on with “${to}”.`,
    'Nothing is lost. Updating the graphics driver may help.',
    { from, to },
  );

const processorFailed = (detail: string) =>
  new SidelightError(
    'device-failed',
    `The network failed on the processor: ${detail}`,
    'Choose another filter, or install Sidelight again.',
  );

const memoryExhausted = (cause: ProviderFailure) =>
  new SidelightError(
    'memory-exhausted',
    'A tile did not fit into memory.',
    'Close other programs, or use a faster quality.',
    undefined,
    cause,
  );
