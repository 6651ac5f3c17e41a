import { expect, it, vi } from 'vitest';
import { createRaster } from '../raster/raster';
import { rememberedBy } from './remembered';

const overview = () => createRaster({ width: 1, height: 1, channels: 1, data: new Float32Array(1) });

it('computes once for an overview and a key, and keeps the last two keys', async () => {
  const remembered = rememberedBy<{ key: number }>();
  const compute = vi.fn(async (key: number) => ({ key }));
  const [first, second] = [overview(), overview()];
  const get = (of: typeof first, key: number) => remembered(of, [key], () => compute(key));
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
  await expect(remembered(of, 'a', () => Promise.reject(new Error('Once.')))).rejects.toThrow('Once.');
  expect(await remembered(of, 'a', async () => ({}))).toEqual({});
});
