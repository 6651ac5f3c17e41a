import { afterEach, expect, it, vi } from 'vitest';
import { builtEngine } from '../testing/builtEngine';
import { softwareDriver } from '../testing/softwareDriver';
import { nodeLauncher } from './nodeLauncher';
import { probeDevice } from './probing';

const built = builtEngine('real');
afterEach(() => {
  vi.unstubAllEnvs();
});

const probed = () => probeDevice(nodeLauncher(built.entryPath, 'ignore'), 'webgpu', built.modelsPath, 25_000);

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
