import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDepthPairs } from './depthPairs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sidelight-pairs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (...names: string[]) => {
  for (const name of names) writeFileSync(path.join(folder, name), '');
};

describe('findDepthPairs', () => {
  it('knows the names of all Middlebury sets, and nothing else', async () => {
    put('Teddy_im2.png', 'Teddy_disp2.png', 'Teddy_occl.png');
    put('Art_view1.png', 'Art_disp1.png');
    put('dolls_color.png', 'dolls_big.png', 'dolls_depth_3_n.png');
    put('venus_left.png', 'venus_disp.png', 'motorcycle_left.png', 'motorcycle_disp.npy');
    put('Alone_view1.png', 'Lost_disp1.png', 'notes.txt');
    const pairs = await findDepthPairs(folder);
    expect(pairs.map((pair) => pair.scene)).toEqual(['Art', 'dolls', 'motorcycle', 'Teddy', 'venus']);
    expect(pairs[2]).toEqual({
      scene: 'motorcycle',
      guidance: path.join(folder, 'motorcycle_left.png'),
      truth: path.join(folder, 'motorcycle_disp.npy'),
    });
  });

  it('says what pairs are called when there is none', async () => {
    put('photo.png');
    await expect(findDepthPairs(folder)).rejects.toMatchObject({
      code: 'file-not-found',
      remedy: expect.stringContaining('X_view1.png with X_disp1.png'),
    });
  });

  it('says when there is no such folder', async () => {
    await expect(findDepthPairs(path.join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'file-not-found',
      details: { path: path.join(folder, 'nowhere') },
    });
  });
});
