import path from 'node:path';
import { listFolder, nothingToMeasure } from '../dataFolder';

/** A scene with ground truth: a photo, and the disparity that belongs to it. */
export interface DepthPair {
  readonly scene: string;
  readonly guidance: string;
  readonly truth: string;
}

/** How Middlebury names its pairs, by set: third size, Cones and Teddy, full size 2005, 2001 to 2014. */
const namings = [
  { guidance: '_view1.png', truth: '_disp1.png' },
  { guidance: '_im2.png', truth: '_disp2.png' },
  { guidance: '_color.png', truth: '_big.png' },
  { guidance: '_left.png', truth: '_disp.png' },
  { guidance: '_left.png', truth: '_disp.npy' },
] as const;

/**
 * The pairs in a folder, by name.
 * @throws SidelightError file-not-found when there is no such folder or no pair in it
 */
export async function findDepthPairs(folder: string): Promise<DepthPair[]> {
  const names = new Set(await listFolder(folder));
  const pairs = [...names].flatMap((name) => {
    const naming = namings.find(({ guidance, truth }) => {
      return name.endsWith(truth) && names.has(name.slice(0, -truth.length) + guidance);
    });
    if (!naming) return [];
    const scene = name.slice(0, -naming.truth.length);
    return [{ scene, guidance: path.join(folder, scene + naming.guidance), truth: path.join(folder, name) }];
  });
  if (pairs.length === 0) throw noPairs(folder);
  return pairs.toSorted((a, b) => a.scene.localeCompare(b.scene, 'en'));
}

const noPairs = (folder: string) =>
  nothingToMeasure(
    folder,
    'pair of a photo and its disparity',
    `Pairs are named ${namings.map(({ guidance, truth }) => `X${guidance} with X${truth}`).join(', ')}.`,
  );
