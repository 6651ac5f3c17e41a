import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { type BuiltEntry, buildEntry } from './buildEntry';
import type { NetworkJob } from './networkJob';
import { softwareDriver } from './softwareDriver';

const entry = fileURLToPath(new URL('webgpuEntry.ts', import.meta.url));

/**
 * Runs networks on WebGPU in software while a file's tests run: each in a process of its own, as a process finds its driver
 * where its environment said when it began. Only where there is a `softwareDriver`.
 */
export function softwareWebgpu(): (job: NetworkJob) => Promise<Float32Array> {
  let built: BuiltEntry | undefined;
  beforeAll(async () => {
    if (softwareDriver) built = await buildEntry(entry);
  });
  afterAll(() => built?.remove());
  return async (job) => {
    if (!built) throw new Error('There is no WebGPU in software here.');
    const env = { ...process.env, ...softwareDriver };
    const child = fork(built.path, [], { env, serialization: 'advanced' });
    child.send(job);
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`The process ended with ${code} before it gave a result.`);
    });
    const answered = once(child, 'message').then(([data]) => data as Float32Array);
    return Promise.race([answered, ended]).finally(() => child.connected && child.disconnect());
  };
}
