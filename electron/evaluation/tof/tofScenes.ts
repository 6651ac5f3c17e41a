import path from 'node:path';
import { listFolder, nothingToMeasure } from '../dataFolder';

/** A scene with the targets of a simulated time-of-flight camera, by the factor they are smaller. */
export interface TofScene {
  readonly scene: string;
  readonly photo: string;
  readonly truth: string;
  readonly targets: Readonly<Record<TofFactor, string>>;
}

export const tofFactors = [2, 4, 8, 16] as const;
export type TofFactor = (typeof tofFactors)[number];

/** The n-th target is smaller by 2ⁿ. */
const targetName = (scene: string, factor: TofFactor) => `${scene}_depth_${Math.log2(factor)}_n.png`;

/**
 * The scenes of a folder that have everything, by name.
 * @throws SidelightError file-not-found when there is no such folder or no scene in it
 */
export async function findTofScenes(folder: string): Promise<TofScene[]> {
  const names = new Set(await listFolder(folder));
  const scenes = [...names].flatMap((name): TofScene[] => {
    if (!name.endsWith('_big.png')) return [];
    const scene = name.slice(0, -'_big.png'.length);
    const photo = `${scene}_color.png`;
    const all = [photo, ...tofFactors.map((factor) => targetName(scene, factor))];
    if (!all.every((one) => names.has(one))) return [];
    const fileOf = (factor: TofFactor) => path.join(folder, targetName(scene, factor));
    return [
      {
        scene,
        photo: path.join(folder, photo),
        truth: path.join(folder, name),
        targets: { 2: fileOf(2), 4: fileOf(4), 8: fileOf(8), 16: fileOf(16) },
      },
    ];
  });
  if (scenes.length > 0) return scenes.toSorted((a, b) => a.scene.localeCompare(b.scene, 'en'));
  throw nothingToMeasure(
    folder,
    'scene with noisy low-resolution depth',
    'A scene is X_color.png, X_big.png and X_depth_1_n.png to X_depth_4_n.png.',
  );
}
