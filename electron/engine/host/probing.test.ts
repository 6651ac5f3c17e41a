import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type BuiltEntry, buildEntry } from '../testing/buildEntry';
import { type ModelsFolder, modelsFolder } from '../testing/modelsFolder';
import { nodeLauncher } from './nodeLauncher';
import { probeDevice } from './probing';

/** A Vulkan driver in software, and a loader for it, that come with Debian's Chromium: WebGPU without a GPU. */
const chromium = '/usr/lib/chromium';
const softwareDriver = `${chromium}/vk_swiftshader_icd.json`;
const hasSoftwareDriver = existsSync(softwareDriver) && existsSync(`${chromium}/libvulkan.so.1`);
if (!hasSoftwareDriver)
  console.warn(
    `SKIPPED: WebGPU is not tested here, as there is no ${softwareDriver} (Debian: apt install chromium).`,
  );

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

it.skipIf(!hasSoftwareDriver)('the real WebGPU provider agrees with the processor', async () => {
  vi.stubEnv('VK_DRIVER_FILES', softwareDriver);
  vi.stubEnv('LD_LIBRARY_PATH', chromium);
  const outcome = await probed();
  expect(outcome).toMatchObject({ state: 'ready' });
  expect(outcome.state === 'ready' && outcome.difference).toBeLessThan(1e-4);
});
