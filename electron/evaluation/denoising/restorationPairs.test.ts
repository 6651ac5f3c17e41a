import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findRestorationPairs } from './restorationPairs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-pairs-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function fill(...files: string[]): Promise<void> {
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), '');
  }
}

it('finds flash and near-infrared pairs at any depth, with what is known of them', async () => {
  await fill(
    'flash/set/pots_00_flash.jpg',
    'flash/set/pots_01_noflash.jpg',
    'flash/set/cave01_00_flash.jpg',
    'flash/set/cave01_01_noflash.jpg',
    'flash/set/cave01_04_reference.jpg',
    'flash/demo/cave-flash.bmp',
    'flash/demo/cave-noflash.bmp',
    'nir/clear/hill_nir.png',
    'nir/clear/hill_rgb.png',
    'nir/low-light/001_nir.png',
    'nir/low-light/001_rgb.png',
    'nir/clear/alone_nir.png',
    'haze/forest.png',
  );
  const pairs = await findRestorationPairs(folder);
  const relative = (file: string | null) => file && path.relative(folder, file);
  expect(
    pairs.map((pair) => ({
      ...pair,
      guidance: relative(pair.guidance),
      target: relative(pair.target),
      reference: relative(pair.reference),
    })),
  ).toEqual([
    {
      name: 'clear-hill',
      kind: 'nir',
      guidance: 'nir/clear/hill_nir.png',
      target: 'nir/clear/hill_rgb.png',
      reference: null,
      noisy: false,
    },
    {
      name: 'demo-cave',
      kind: 'flash',
      guidance: 'flash/demo/cave-flash.bmp',
      target: 'flash/demo/cave-noflash.bmp',
      reference: null,
      noisy: true,
    },
    {
      name: 'low-light-001',
      kind: 'nir',
      guidance: 'nir/low-light/001_nir.png',
      target: 'nir/low-light/001_rgb.png',
      reference: null,
      noisy: true,
    },
    {
      name: 'set-cave01',
      kind: 'flash',
      guidance: 'flash/set/cave01_00_flash.jpg',
      target: 'flash/set/cave01_01_noflash.jpg',
      reference: 'flash/set/cave01_04_reference.jpg',
      noisy: true,
    },
    {
      name: 'set-pots',
      kind: 'flash',
      guidance: 'flash/set/pots_00_flash.jpg',
      target: 'flash/set/pots_01_noflash.jpg',
      reference: null,
      noisy: true,
    },
  ]);
});

it('says what a folder should hold that holds none, or is not there', async () => {
  await fill('haze/forest.png', 'flash/pots_00_flash.jpg');
  await expect(findRestorationPairs(folder)).rejects.toMatchObject({
    code: 'file-not-found',
    remedy: expect.stringContaining('noflash'),
  });
  await expect(findRestorationPairs(path.join(folder, 'nowhere'))).rejects.toMatchObject({
    code: 'file-not-found',
  });
});
