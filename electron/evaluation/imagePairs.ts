import path from 'node:path';
import { listFolder, nothingToMeasure } from './dataFolder';

/** A photo and the mask that belongs to it, of the same name in two folders. */
export interface ImagePair {
  readonly name: string;
  readonly photo: string;
  readonly mask: string;
}

/** The two folders inside the folder of data. */
export interface ImageFolders {
  readonly photos: string;
  readonly masks: string;
}

/**
 * The photos of one folder that have a mask in the other, by name.
 * @throws SidelightError file-not-found when there is no such folder or no pair in it
 */
export async function findImagePairs(folder: string, folders: ImageFolders): Promise<ImagePair[]> {
  const inside = await listFolder(folder);
  const expected =
    `It should hold a folder ${folders.photos} with photos and a folder ${folders.masks} ` +
    'with a mask of the same name for each of them.';
  if (!inside.includes(folders.photos) || !inside.includes(folders.masks))
    throw nothingToMeasure(folder, 'photo with a mask', expected);
  const photos = await listFolder(path.join(folder, folders.photos));
  const masks = await listFolder(path.join(folder, folders.masks));
  const nameOf = (file: string) => path.parse(file).name;
  const pairs = photos.flatMap((photo) => {
    const mask = masks.find((other) => nameOf(other) === nameOf(photo));
    if (mask === undefined) return [];
    return [
      {
        name: nameOf(photo),
        photo: path.join(folder, folders.photos, photo),
        mask: path.join(folder, folders.masks, mask),
      },
    ];
  });
  if (pairs.length === 0) throw nothingToMeasure(folder, 'photo with a mask', expected);
  return pairs.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}
