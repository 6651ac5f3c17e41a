import path from 'node:path';
import { listFolder, nothingToMeasure } from '../dataFolder';

/** A photo and the depth a structured-light camera measured, on one grid; nobody knows the truth. */
export interface KinectScene {
  readonly scene: string;
  readonly photo: string;
  readonly depth: string;
}

/**
 * The scenes of a folder, by name.
 * @throws SidelightError file-not-found when there is no such folder or no scene in it
 */
export async function findKinectScenes(folder: string): Promise<KinectScene[]> {
  const names = await listFolder(folder);
  const scenes = names.flatMap((name): KinectScene[] => {
    if (!name.endsWith('_rgb.jpg')) return [];
    const scene = name.slice(0, -'_rgb.jpg'.length);
    const depth = `${scene}_depth.png`;
    if (!names.includes(depth)) return [];
    return [{ scene, photo: path.join(folder, name), depth: path.join(folder, depth) }];
  });
  if (scenes.length === 0)
    throw nothingToMeasure(folder, 'measured depth', 'A scene is X_rgb.jpg and X_depth.png.');
  return scenes.toSorted((a, b) => a.scene.localeCompare(b.scene, 'en'));
}
