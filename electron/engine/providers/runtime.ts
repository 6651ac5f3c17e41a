import type { InferenceSession } from 'onnxruntime-node';
import type { Device } from '../../contract/devices';
import { physicalCores } from './cores';
import { ProviderFailure } from './provider';

type Runtime = typeof import('onnxruntime-node');

/** Loaded when first needed: there is none for some computers, and filters without networks work there all the same. */
let runtime: Promise<Runtime> | null = null;
export const loadRuntime = (): Promise<Runtime> => {
  runtime ??= import('onnxruntime-node');
  return runtime;
};

export const noRuntime = 'There is no ONNX Runtime for this kind of computer.';

export function asMissing(cause: unknown): never {
  throw new ProviderFailure('device', noRuntime, cause);
}

/** Everything ONNX Runtime is told about how to run on a device. */
export function sessionOptions(device: Device): InferenceSession.SessionOptions {
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
export function asFailure(thrown: unknown): never {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const memory = /bad_alloc|out of memory|failed to allocate|allocation failed|not enough memory/i;
  throw new ProviderFailure(memory.test(message) ? 'memory' : 'device', message, thrown);
}
