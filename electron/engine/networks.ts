import type { Device } from '../contract/devices';
import type { SidelightError } from '../contract/errors';
import type { NetworkGraph, NetworkRunner, NetworkTensor } from '../filters/filter';
import type { BelievedGraphs, Graph, Place } from './agreement/believedGraphs';
import { emptyPicture, hasOnlyNumbers, isBlack, notNumbers } from './agreement/faults';
import type { Devices } from './devices';
import type { ModelLibrary } from './models/library';
import type { Model } from './models/manifest';
import type { Sessions } from './models/sessions';
import { fellBack, memoryExhausted, processorFailed } from './networkProblems';
import { type Precision, ProviderFailure } from './providers/provider';

/** Previews are computed in float16 where a device is right in it, exports never. */
export type Purpose = 'preview' | 'export';

export interface NetworkParts {
  readonly library: ModelLibrary;
  readonly sessions: Sessions;
  readonly devices: Devices;
  /** Shared by all runs of an engine. */
  readonly believed: BelievedGraphs;
  /** Tells the user that work went on elsewhere. */
  readonly warn: (warning: SidelightError) => void;
}

/**
 * Runs networks on one device for as long as it delivers; after a failure the same tile and all others run on the CPU. Nothing
 * is given out of a graph that did not agree with the processor on that device; the processor computes one that does not.
 */
export class Networks implements NetworkRunner {
  /** Ids of the models in the order they were run. */
  readonly used: string[] = [];

  constructor(
    private readonly parts: NetworkParts,
    private device: Device,
    private readonly purpose: Purpose = 'export',
  ) {}

  /** The device in use now, for all graphs that it computes rightly. */
  get current(): Device {
    return this.device;
  }

  /** What computes this graph now. */
  deviceOf({ model, output }: NetworkGraph): Device {
    return this.placeOf(this.parts.library.find(model, output)).device;
  }

  /** What networks are computed in now, where they come in it and are right in it. */
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
    const graph = this.parts.library.find(modelId, outputId);
    const named = namedInputs(graph.model, inputs);
    this.used.push(modelId);
    for (;;) {
      const place = this.placeOf(graph);
      const { device, precision } = place;
      try {
        const verdict = await this.parts.believed.check(graph, place, named);
        if (verdict === 'differs') continue;
        if (verdict === 'agrees') {
          const session = await this.parts.sessions.get(device, modelId, outputId, precision);
          const output = await session.run(named);
          const fault = faultOf(output, device === 'cpu' ? null : inputs);
          if (fault === null) return output;
          this.leave(place, 'wrong-result', fault);
        } else this.leave(place, 'wrong-result', verdict.faulty);
      } catch (thrown) {
        if (!(thrown instanceof ProviderFailure)) throw thrown;
        // Smaller tiles are tried first; a device that cannot hold even those is left.
        if (thrown.kind === 'memory' && (device === 'cpu' || pixelsOf(inputs) > smallTile))
          throw memoryExhausted(thrown);
        this.leave(place, 'failed', thrown.message);
      }
    }
  }

  private placeOf(graph: Graph): Place {
    const precision = graph.output.float16 ? this.precision : 'float32';
    return this.parts.believed.placeOf(graph, { device: this.device, precision });
  }

  /** @throws SidelightError when there is nothing left to fall back to */
  private leave({ device, precision }: Place, state: 'failed' | 'wrong-result', detail: string): void {
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

/** Of a tile; a guidance may be finer. By role. */
const pixelsOf = ({ guidance: _, ...others }: Readonly<Record<string, NetworkTensor>>) =>
  Math.max(...Object.values(others).map(({ width, height }) => width * height));

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

/** Inputs that are no pictures, as a draft is one: zeros in them are values like others (see `conditionOf` and `textureOf`). */
const toldRoles: readonly string[] = ['condition', 'texture'];

/**
 * What faulty drivers give: no numbers, or nothing but zeros for a picture that is not empty.
 * @param inputs by role; null where a black result is believed
 */
function faultOf(
  output: NetworkTensor,
  inputs: Readonly<Record<string, NetworkTensor>> | null,
): string | null {
  if (!hasOnlyNumbers(output)) return notNumbers;
  if (!inputs || !isBlack(output)) return null;
  const isEmpty = Object.entries(inputs).some(([role, input]) => !toldRoles.includes(role) && isBlack(input));
  return isEmpty ? null : emptyPicture;
}
