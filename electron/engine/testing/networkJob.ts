import type { Device } from '../../contract/devices';
import type { NetworkTensor } from '../../filters/filter';
import { onnxRuntimeProviders } from '../providers/onnxRuntime';
import type { NetworkFiles } from '../providers/provider';

/** One network to run once. */
export interface NetworkJob {
  readonly network: NetworkFiles;
  readonly output: string;
  readonly inputs: Readonly<Record<string, NetworkTensor>>;
}

/** Opens a network as the engine does, runs it and closes it. */
export async function runJob(device: Device, { network, output, inputs }: NetworkJob): Promise<Float32Array> {
  const session = await onnxRuntimeProviders[device].open(network, output);
  const { data } = await session.run(inputs);
  await session.release();
  return data;
}
