import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findImagePairs } from './imagePairs';
import { findKinectScenes } from './tof/kinectScenes';
import { findTofScenes } from './tof/tofScenes';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-data-'));
});
afterEach(() => rm(folder, { recursive: true }));

const put = async (...names: string[]) => {
  for (const name of names) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), '');
  }
};

describe('folders of data', () => {
  const subfolders = { photos: 'image', masks: 'mask' };

  it('hold photos and masks of the same name, whatever their format', async () => {
    await put('image/b.jpg', 'image/a.png', 'image/lonely.jpg', 'mask/a.png', 'mask/b.png', 'mask/other.png');
    expect(await findImagePairs(folder, subfolders)).toEqual([
      { name: 'a', photo: path.join(folder, 'image/a.png'), mask: path.join(folder, 'mask/a.png') },
      { name: 'b', photo: path.join(folder, 'image/b.jpg'), mask: path.join(folder, 'mask/b.png') },
    ]);
  });

  it('hold scenes with targets of every size', async () => {
    const targets = (scene: string) => [1, 2, 3, 4].map((n) => `${scene}_depth_${n}_n.png`);
    await put('art_color.png', 'art_big.png', ...targets('art'), 'dolls_color.png', 'dolls_big.png');
    const scenes = await findTofScenes(folder);
    expect(scenes.map(({ scene }) => scene)).toEqual(['art']);
    expect(scenes[0]?.targets[16]).toBe(path.join(folder, 'art_depth_4_n.png'));
  });

  it('hold measured depth with its photo', async () => {
    await put('00000_rgb.jpg', '00000_depth.png', '00050_rgb.jpg');
    expect((await findKinectScenes(folder)).map(({ scene }) => scene)).toEqual(['00000']);
  });

  it('that hold nothing of it are told what is expected', async () => {
    await put('image/a.jpg', 'mask/b.png');
    const refused = (remedy: string) => ({
      code: 'file-not-found',
      remedy: expect.stringContaining(remedy),
      details: { path: folder },
    });
    await expect(findImagePairs(folder, subfolders)).rejects.toMatchObject(refused('a folder mask'));
    await expect(findImagePairs(folder, { photos: 'JPEGImages', masks: 'mask' })).rejects.toMatchObject(
      refused('a folder JPEGImages'),
    );
    await expect(findTofScenes(folder)).rejects.toMatchObject(refused('X_depth_1_n.png'));
    await expect(findKinectScenes(folder)).rejects.toMatchObject(refused('X_rgb.jpg'));
    await expect(findKinectScenes(path.join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'file-not-found',
      remedy: expect.stringContaining('--data'),
    });
  });
});
