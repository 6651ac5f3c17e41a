import { expect, it, vi } from 'vitest';
import { createRaster } from '../raster/raster';
import { rememberedBy } from './remembered';

const { signal } = new AbortController();
const overview = () => createRaster({ width: 1, height: 1, channels: 1, data: new Float32Array(1) });

it('computes once for an overview and a key, and keeps the last two keys', async () => {
  const remembered = rememberedBy<{ key: number }>();
  const compute = vi.fn(async (key: number) => ({ key }));
  const [first, second] = [overview(), overview()];
  const get = (of: typeof first, key: number) => remembered(of, [key], signal, () => compute(key));
  const result = await get(first, 1);
  expect(await get(first, 1)).toBe(result);
  await get(second, 1);
  await get(first, 2);
  await get(first, 1);
  expect(compute).toHaveBeenCalledTimes(3);
  await get(first, 3);
  await get(first, 2);
  expect(compute.mock.calls.map(([key]) => key)).toEqual([1, 1, 2, 3, 2]);
});

it('computes anew what failed', async () => {
  const remembered = rememberedBy<object>();
  const of = overview();
  await expect(remembered(of, 'a', signal, () => Promise.reject(new Error('Once.')))).rejects.toThrow(
    'Once.',
  );
  expect(await remembered(of, 'a', signal, async () => ({}))).toEqual({});
});

it('computes anew for those who waited for what another one cancelled, once for them all', async () => {
  const remembered = rememberedBy<object>();
  const of = overview();
  const controller = new AbortController();
  const cancelled = vi.fn(
    () =>
      new Promise<object>((_, reject) =>
        controller.signal.addEventListener('abort', () => reject(new Error('Enough.'))),
      ),
  );
  const first = remembered(of, 'a', controller.signal, cancelled);
  const found = {};
  const compute = vi.fn(async () => found);
  const waiting = [0, 1].map(() => remembered(of, 'a', signal, compute));
  controller.abort();
  await expect(first).rejects.toThrow('Enough.');
  expect(await Promise.all(waiting)).toEqual([found, found]);
  expect([cancelled, compute].map((one) => one.mock.calls.length)).toEqual([1, 1]);
});

it('fails for all who waited for what failed by itself', async () => {
  const remembered = rememberedBy<object>();
  const of = overview();
  const compute = vi.fn(async () => Promise.reject(new Error('Broken.')));
  const both = await Promise.allSettled([0, 1].map(() => remembered(of, 'a', signal, compute)));
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(compute).toHaveBeenCalledTimes(1);
});
