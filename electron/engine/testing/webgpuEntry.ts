import type { NetworkTensor } from '../../filters/filter';
import { onnxRuntimeProviders } from '../providers/onnxRuntime';
import type { NetworkFiles } from '../providers/provider';

/** One network to run once. */
export interface NetworkJob {
  readonly network: NetworkFiles;
  readonly output: string;
  readonly inputs: Readonly<Record<string, NetworkTensor>>;
}

/** The entry of a child process that opens a network on WebGPU as the engine does, runs it and answers. */
process.once('message', async ({ network, output, inputs }: NetworkJob) => {
  const session = await onnxRuntimeProviders.webgpu.open(network, output);
  const { data } = await session.run(inputs);
  process.send?.(data);
});
// A WebGPU session would keep the process alive; ended before its answer has arrived, it could lose it.
process.once('disconnect', () => process.exit(0));
