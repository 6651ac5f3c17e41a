import type { Device } from '../../contract/devices';
import type { NetworkTensor } from '../../filters/filter';

/** What a network computes in. Its inputs and outputs are float32 either way. */
export type Precision = 'float32' | 'float16';

/** A network as it is stored: a graph, and the file of weights that it refers to by name. */
export interface NetworkFiles {
  readonly graph: Uint8Array;
  readonly weights: { readonly file: string; readonly bytes: Uint8Array };
}

/**
 * Height and width of a network's inputs, as the graph declares them: a name where any size goes, the same name where sides are
 * the same.
 */
export type InputSides = Readonly<Record<string, readonly [height: Side, width: Side]>>;
type Side = number | string;

/** A loaded network with one output. */
export interface NetworkSession {
  readonly sides: InputSides;
  /**
   * @param inputs float32 [1, channels, height, width] by input name
   * @throws ProviderFailure
   */
  run(inputs: Readonly<Record<string, NetworkTensor>>): Promise<NetworkTensor>;
  release(): Promise<void>;
}

/** One way to run networks. */
export interface Provider {
  /** Null when this computer may have it; else why it cannot. */
  unavailable(): Promise<string | null>;
  /**
   * @param output the one to compute, by its name in the network
   * @throws ProviderFailure
   */
  open(network: NetworkFiles, output: string): Promise<NetworkSession>;
}

export type ProviderTable = Readonly<Record<Device, Provider>>;

/** A provider did not deliver. `memory`: the tile was too large for it; anything else is the device's own fault. */
export class ProviderFailure extends Error {
  constructor(
    readonly kind: 'memory' | 'device',
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'ProviderFailure';
  }
}
