import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { listFolder, nothingToMeasure } from '../dataFolder';

/** A noisy or clean photo, and one of the same scene in other light. */
export interface RestorationPair {
  /** Its folder's name and its own. */
  readonly name: string;
  readonly kind: 'flash' | 'nir';
  readonly guidance: string;
  /** Without flash, or in visible light. */
  readonly target: string;
  /** A long exposure of the same scene in the target's light. */
  readonly reference: string | null;
  /** Whether the target is noisy as it is; others get noise added. */
  readonly noisy: boolean;
}

/** Photos with near infrared in a folder of this name were taken in the dark. */
const darkFolder = 'low-light';

const expected =
  'It should hold, at any depth, pairs X_…flash and X_…noflash (with X_…reference where there is a long exposure), ' +
  `or X_rgb and X_nir; those in a folder ${darkFolder} are noisy themselves.`;

/**
 * The pairs in a folder and the folders in it, by name.
 * @throws SidelightError file-not-found when there is no such folder or no pair in it
 */
export async function findRestorationPairs(folder: string): Promise<RestorationPair[]> {
  await listFolder(folder);
  const files = (await readdir(folder, { recursive: true })).map((file) => path.join(folder, file));
  const pairs = files.flatMap((guidance) => flashPair(guidance, files) ?? nirPair(guidance, files) ?? []);
  if (pairs.length === 0) throw nothingToMeasure(folder, 'flash or near-infrared pair', expected);
  return pairs.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

function flashPair(guidance: string, files: readonly string[]): RestorationPair | null {
  const scene = sceneOf(guidance, 'flash');
  const target = scene && files.find((file) => sceneOf(file, 'noflash') === scene);
  if (!target) return null;
  const reference = files.find((file) => sceneOf(file, 'reference') === scene) ?? null;
  return { name: nameOf(scene), kind: 'flash', guidance, target, reference, noisy: true };
}

function nirPair(guidance: string, files: readonly string[]): RestorationPair | null {
  const scene = sceneOf(guidance, 'nir');
  const target = scene && files.find((file) => sceneOf(file, 'rgb') === scene);
  if (!target) return null;
  const noisy = path.basename(path.dirname(guidance)) === darkFolder;
  return { name: nameOf(scene), kind: 'nir', guidance, target, reference: null, noisy };
}

/** Path of a file without what it shows, a number before that, and its ending; null when it shows something else. */
function sceneOf(file: string, shown: string): string | null {
  const { dir, name } = path.parse(file);
  const found = new RegExp(`^(.+?)(?:_\\d+)?[-_]${shown}$`).exec(name);
  return found ? path.join(dir, found[1]!) : null;
}

const nameOf = (scene: string) => `${path.basename(path.dirname(scene))}-${path.basename(scene)}`;
