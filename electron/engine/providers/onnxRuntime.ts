import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { type Device, devices } from '../../contract/devices';
import { physicalCores } from './cores';
import { type NetworkSession, type Provider, ProviderFailure, type ProviderTable } from './provider';

type Runtime = typeof import('onnxruntime-node');

/** Loaded when first needed: there is none for some computers, and filters without networks work there all the same. */
let runtime: Promise<Runtime> | null = null;
const loadRuntime = (): Promise<Runtime> => {
  runtime ??= import('onnxruntime-node');
  return runtime;
};

const noRuntime = 'There is no ONNX Runtime for this kind of computer.';

function asMissing(cause: unknown): never {
  throw new ProviderFailure('device', noRuntime, cause);
}

/** ONNX Runtime's execution providers, one for each device. */
export const onnxRuntimeProviders = Object.fromEntries(
  devices.map((device) => [device, providerOf(device)]),
) as unknown as ProviderTable;

function providerOf(device: Device): Provider {
  return {
    async unavailable() {
      try {
        const { listSupportedBackends } = await loadRuntime();
        const known = listSupportedBackends().some((backend) => backend.name === device);
        return known ? null : 'ONNX Runtime does not bring it for this kind of computer.';
      } catch {
        return noRuntime;
      }
    },
    async open({ graph, weights }, output) {
      const { InferenceSession: Session, Tensor: RuntimeTensor } = await loadRuntime().catch(asMissing);
      const externalData = [{ path: weights.file, data: weights.bytes }];
      const options = { ...sessionOptions(device), externalData };
      const session = await Session.create(graph, options).catch(asFailure);
      return networkSession(session, outputName(session, output), RuntimeTensor);
    },
  };
}

/** A file may hold coarser outputs beside the one it is meant for. */
function outputName({ outputNames }: InferenceSession, wanted: string): string {
  const name = outputNames.length === 1 ? outputNames[0] : outputNames.find((held) => held === wanted);
  if (name === undefined) throw new ProviderFailure('device', `The network has no output “${wanted}”.`);
  return name;
}

function networkSession(
  session: InferenceSession,
  outputName: string,
  RuntimeTensor: typeof Tensor,
): NetworkSession {
  return {
    async run(inputs) {
      const feeds = Object.fromEntries(
        Object.entries(inputs).map(([name, { data, channels, height, width }]) => [
          name,
          new RuntimeTensor('float32', data, [1, channels, height, width]),
        ]),
      );
      const results = await session.run(feeds, [outputName]).catch(asFailure);
      const output = results[outputName];
      const [, channels, height, width] = output?.dims ?? [];
      if (!(output?.data instanceof Float32Array) || !channels || !height || !width)
        throw new ProviderFailure('device', 'The network gave no picture.');
      return { data: output.data, channels, height, width };
    },
    release: () => session.release(),
  };
}

/** Everything ONNX Runtime is told about how to run on a device. */
function sessionOptions(device: Device): InferenceSession.SessionOptions {
  return {
    executionProviders: device === 'cpu' ? ['cpu'] : [device, 'cpu'],
    intraOpNumThreads: physicalCores(),
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // Measured with DAGF on the CPU: without the arena page faults cost half as much again at 704 × 704; with memory
    // patterns, which keep a block for every tile shape, the peak is 2.2 kB a pixel instead of 1.2–1.6.
    enableCpuMemArena: true,
    enableMemPattern: false,
    logSeverityLevel: 3,
  };
}

/** The runtime's errors are text only: this is the one place that reads it. */
function asFailure(thrown: unknown): never {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const memory = /bad_alloc|out of memory|failed to allocate|allocation failed|not enough memory/i;
  throw new ProviderFailure(memory.test(message) ? 'memory' : 'device', message, thrown);
}
