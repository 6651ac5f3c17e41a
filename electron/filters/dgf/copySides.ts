import type { Size } from '../../contract/geometry';
import type { Raster } from '../../raster/raster';
import { reducedByMeans, sizeOfShortSide } from '../../raster/reduceArea';
import type { DgfModel } from '../networkModel';

/**
 * Short sides, in pixels, of the copies that a model needs of a picture, each made of the one before: by whose statistics the draft is
 * made, which it is made on, and what the network sees. The first is what the engine is asked for; none at full size.
 */
export const copySides = ({ overview, draft, side }: DgfModel): readonly number[] =>
  [overview, draft, side].filter((shortSide) => shortSide !== null);

/**
 * A copy of a picture reduced by means to one short side after another, as in training.
 * @param whole the picture, whose shape all copies have; it may be reduced itself, for a preview
 * @returns the copy itself where none of them is smaller: nothing is enlarged
 */
export const reducedInTurn = (copy: Raster, shortSides: readonly number[], whole: Size): Raster =>
  shortSides.reduce((larger, shortSide) => {
    const size = sizeOfShortSide(whole, shortSide);
    const width = Math.min(size.width, larger.width);
    const height = Math.min(size.height, larger.height);
    return width === larger.width && height === larger.height
      ? larger
      : reducedByMeans(larger, { width, height });
  }, copy);
