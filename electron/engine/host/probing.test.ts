import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type BuiltEntry, buildEntry } from '../testing/buildEntry';
import { type ModelsFolder, modelsFolder } from '../testing/modelsFolder';
import { softwareDriver } from '../testing/softwareDriver';
import { nodeLauncher } from './nodeLauncher';
import { probeDevice } from './probing';

let entry: BuiltEntry;
let models: ModelsFolder;
beforeAll(async () => {
  entry = await buildEntry(fileURLToPath(new URL('../entry.ts', import.meta.url)));
  models = modelsFolder();
});
afterAll(() => {
  entry.remove();
  models.remove();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const probed = () => probeDevice(nodeLauncher(entry.path, 'ignore'), 'webgpu', models.path, 25_000);

it.runIf(process.platform === 'linux')(
  'the real engine without any Vulkan driver says that there is no such device',
  async () => {
    vi.stubEnv('VK_DRIVER_FILES', '/nowhere.json');
    expect(await probed()).toMatchObject({ state: 'unavailable' });
  },
);

it.skipIf(!softwareDriver)('the real WebGPU provider agrees with the processor', async () => {
  for (const [name, value] of Object.entries(softwareDriver ?? {})) vi.stubEnv(name, value);
  const outcome = await probed();
  expect(outcome).toMatchObject({ state: 'ready' });
  expect(outcome.state === 'ready' && outcome.difference).toBeLessThan(1e-4);
});
