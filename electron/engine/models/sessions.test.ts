import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Provider } from '../providers/provider';
import { type ModelsFolder, modelsFolder, tinyManifest } from '../testing/modelsFolder';
import { honest, providerTable, sessionOf } from '../testing/providers';
import { ModelLibrary } from './library';
import { Sessions } from './sessions';

let folder: ModelsFolder;
beforeEach(() => {
  folder = modelsFolder();
  const [tiny] = tinyManifest().models;
  folder.write({ version: 2, models: ['a', 'b', 'c'].map((id) => ({ ...tiny, id })) });
});
afterEach(() => folder.remove());

/** A provider that numbers its sessions, and tells which were closed. */
function countingProvider() {
  const released: number[] = [];
  let opened = 0;
  const open = vi.fn<Provider['open']>(async () => {
    opened += 1;
    const number = opened;
    return sessionOf(honest, () => void released.push(number));
  });
  const provider: Provider = { unavailable: async () => null, open };
  return { provider, open, released };
}

it('opens a network once, and closes the one used longest ago when there are too many', async () => {
  const { provider, open, released } = countingProvider();
  const sessions = new Sessions(new ModelLibrary(folder.path), providerTable({ webgpu: provider }), 2);
  await sessions.get('webgpu', 'a', 'I_2');
  await sessions.get('webgpu', 'b', 'I_2');
  await sessions.get('webgpu', 'a', 'I_2');
  expect(open).toHaveBeenCalledTimes(2);
  await sessions.get('webgpu', 'c', 'I_2');
  await vi.waitFor(() => expect(released).toEqual([2]));
});

it('keeps one at a time on the processor, whose memory it holds', async () => {
  const { provider, open, released } = countingProvider();
  const sessions = new Sessions(new ModelLibrary(folder.path), providerTable({ cpu: provider }), 3);
  await sessions.get('cpu', 'a', 'I_2');
  await sessions.get('cpu', 'a', 'I_2');
  expect(open).toHaveBeenCalledTimes(1);
  await sessions.get('cpu', 'b', 'I_2');
  await vi.waitFor(() => expect(released).toEqual([1]));
});

it('tries again after a failure', async () => {
  const open = vi
    .fn<Provider['open']>()
    .mockRejectedValueOnce(new Error('busy'))
    .mockResolvedValue(sessionOf(honest));
  const cpu: Provider = { unavailable: async () => null, open };
  const sessions = new Sessions(new ModelLibrary(folder.path), providerTable({ cpu }), 2);
  await expect(sessions.get('cpu', 'a', 'I_2')).rejects.toThrow('busy');
  await expect(sessions.get('cpu', 'a', 'I_2')).resolves.toBeDefined();
});
