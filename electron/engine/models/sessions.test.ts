import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Provider } from '../providers/provider';
import { type ModelsFolder, modelsFolder, tinyManifest } from '../testing/modelsFolder';
import { honest, providerTable } from '../testing/providers';
import { ModelLibrary } from './library';
import { Sessions } from './sessions';

let folder: ModelsFolder;
beforeEach(() => {
  folder = modelsFolder();
  const [tiny] = tinyManifest().models;
  folder.write({ version: 1, models: ['a', 'b', 'c'].map((id) => ({ ...tiny, id })) });
});
afterEach(() => folder.remove());

it('opens a network once, and closes the one used longest ago when there are too many', async () => {
  const released: number[] = [];
  let opened = 0;
  const open = vi.fn<Provider['open']>(async () => {
    opened += 1;
    const number = opened;
    return { run: async (inputs) => honest(inputs), release: async () => void released.push(number) };
  });
  const cpu: Provider = { unavailable: async () => null, open };
  const sessions = new Sessions(new ModelLibrary(folder.path), providerTable({ cpu }), 2);
  await sessions.get('cpu', 'a', 'I_2');
  await sessions.get('cpu', 'b', 'I_2');
  await sessions.get('cpu', 'a', 'I_2');
  expect(open).toHaveBeenCalledTimes(2);
  await sessions.get('cpu', 'c', 'I_2');
  await vi.waitFor(() => expect(released).toEqual([2]));
});

it('tries again after a failure', async () => {
  const open = vi
    .fn<Provider['open']>()
    .mockRejectedValueOnce(new Error('busy'))
    .mockResolvedValue({ run: async (inputs) => honest(inputs), release: async () => undefined });
  const cpu: Provider = { unavailable: async () => null, open };
  const sessions = new Sessions(new ModelLibrary(folder.path), providerTable({ cpu }), 2);
  await expect(sessions.get('cpu', 'a', 'I_2')).rejects.toThrow('busy');
  await expect(sessions.get('cpu', 'a', 'I_2')).resolves.toBeDefined();
});
