import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { type Device, devices } from '../../contract/devices';
import {
  type InputSides,
  type NetworkSession,
  type Provider,
  ProviderFailure,
  type ProviderTable,
} from './provider';
import { asFailure, asMissing, loadRuntime, noRuntime, sessionOptions } from './runtime';

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
    sides: sidesOf(session),
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

const sidesOf = ({ inputMetadata }: InferenceSession): InputSides =>
  Object.fromEntries(
    inputMetadata.map((input) => {
      const [, , height = 1, width = 1] = input.isTensor ? input.shape : [];
      return [input.name, [height, width] as const];
    }),
  );
