import { readImage } from '../codecs/read';
import type { Size } from '../contract/geometry';
import type { Raster } from '../raster/raster';
import { type Case, type Compared, type Comparison, compare, type Scene, type Subject } from './comparison';
import { chooseContenders } from './contenders';
import type { EvaluationFamily, EvaluationRequest } from './family';
import type { EngineAccess } from './filterFiles';
import { findImagePairs, type ImageFolders } from './imagePairs';
import { maskFactor, maskSettings } from './maskSettings';
import { taskSettings } from './taskSettings';
import { cutToBlocks } from './wholeBlocks';

/** A subject whose truth is known. */
export type KnownSubject = Subject & { readonly truth: Raster };

/** How masks of one kind are read, made small, put together and measured. */
export interface MaskProtocol<S extends KnownSubject>
  extends Pick<Comparison<Case, S>, 'combine' | 'measure' | 'error'> {
  readonly folders: ImageFolders;
  /** The preset that the filters it uses run with. */
  readonly preset: string;
  readMask(stored: Raster, file: string): Raster;
  /** @param small size of the targets */
  subject(guidance: Raster, truth: Raster, small: Size): S;
}

/**
 * The photos of a folder that have a mask, both cut at the right and bottom to multiples of `maskFactor`.
 * @param subjectOf makes the subjects of a scene
 */
export async function maskScenes<C extends Case, S extends Subject>(
  folder: string,
  { folders, readMask }: Pick<MaskProtocol<KnownSubject>, 'folders' | 'readMask'>,
  subjectOf: (name: string, guidance: Raster, truth: Raster) => (one: C) => S,
): Promise<Scene<C, S>[]> {
  const pairs = await findImagePairs(folder, folders);
  return pairs.map(({ name, photo, mask }) => ({
    name,
    async open() {
      const stored = [(await readImage(photo)).raster, readMask((await readImage(mask)).raster, mask)];
      const [guidance, truth] = cutToBlocks(name, stored, maskFactor) as [Raster, Raster];
      return subjectOf(name, guidance, truth);
    },
  }));
}

/** Filters side by side on the masks of a folder, reduced by `maskFactor`. */
export async function compareMasks<S extends KnownSubject>(
  family: EvaluationFamily,
  protocol: MaskProtocol<S>,
  request: EvaluationRequest,
  access: EngineAccess,
): Promise<Compared<Case>> {
  const scenes = await maskScenes(request.folder, protocol, (_, guidance, truth) => () => {
    const small = { width: truth.width / maskFactor, height: truth.height / maskFactor };
    return protocol.subject(guidance, truth, small);
  });
  const cases = [{ id: `x${maskFactor}`, title: `×${maskFactor}`, conditions: { factor: maskFactor } }];
  const contenders = chooseContenders(request.filters, family.rows, request.wanted);
  return compare(
    {
      ...protocol,
      scenes,
      cases,
      contenders,
      settings: (contender) => taskSettings(contender, protocol.preset, maskSettings),
    },
    request,
    access,
  );
}
