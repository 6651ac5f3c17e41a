import { setTimeout as pause } from 'node:timers/promises';
import { connectToHost } from '../hostLink';
import { runProcess } from '../process';
import { onnxRuntimeProviders } from '../providers/onnxRuntime';
import { type Provider, ProviderFailure } from '../providers/provider';
import { type OpenWholeModel, openWholeModel } from '../providers/wholeModel';
import { providerTable } from './providers';

/**
 * An engine with a slow processor and a faulty GPU, as real a process as the real one: started by tests of the
 * supervisor, which name the fault in the environment.
 */
const fault = process.env.SIDELIGHT_TEST_FAULT ?? '';

const slowCpu: Provider = {
  ...onnxRuntimeProviders.cpu,
  async open(model, output) {
    const session = await onnxRuntimeProviders.cpu.open(model, output);
    return {
      ...session,
      async run(inputs) {
        if (fault === 'processor-aborts') process.abort();
        await pause(40);
        return session.run(inputs);
      },
    };
  },
};

/** A probe runs a network so often once it is open. */
const probeRuns = 2;

const faultyGpu: Provider = {
  unavailable: async () => null,
  async open(model, output) {
    const session = await onnxRuntimeProviders.cpu.open(model, output);
    let runs = 0;
    return {
      ...session,
      async run(inputs) {
        runs += 1;
        if (fault === 'aborts' || (fault === 'aborts-later' && runs > probeRuns)) process.abort();
        if (fault === 'hangs') await new Promise(() => undefined);
        if (fault === 'throws') throw new ProviderFailure('device', 'Device lost.');
        const result = await session.run(inputs);
        if (fault === 'wrong') result.data[5]! += 0.5;
        if (fault === 'nan') result.data[5] = Number.NaN;
        return result;
      },
    };
  },
};

const faultyModels: OpenWholeModel = (bytes) => {
  if (fault === 'model-aborts') process.abort();
  return openWholeModel(bytes);
};

runProcess(connectToHost(), providerTable({ cpu: slowCpu, webgpu: faultyGpu }), faultyModels);
