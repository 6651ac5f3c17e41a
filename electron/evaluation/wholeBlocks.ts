import { SidelightError } from '../contract/errors';
import type { Size } from '../contract/geometry';
import { cropRaster } from '../raster/crop';
import type { Raster } from '../raster/raster';

/**
 * Pictures of one scene cut at the right and bottom to multiples of `multiple`, so that they can be reduced by it.
 * @throws SidelightError aspect-mismatch when they differ in size, image-empty when they are smaller than that
 */
export function cutToBlocks(scene: string, pictures: readonly Raster[], multiple: number): Raster[] {
  const [first] = pictures;
  if (!first) return [];
  if (pictures.some(({ width, height }) => width !== first.width || height !== first.height))
    throw differentSizes(scene);
  const size = wholeBlocks(first, multiple);
  if (size.width === 0 || size.height === 0) throw tooSmall(scene, first, multiple);
  return pictures.map((picture) => cropRaster(picture, { x: 0, y: 0, ...size }));
}

const wholeBlocks = ({ width, height }: Size, multiple: number): Size => ({
  width: width - (width % multiple),
  height: height - (height % multiple),
});

const differentSizes = (scene: string) =>
  new SidelightError(
    'aspect-mismatch',
    `The pictures of the scene “${scene}” differ in size.`,
    'Remove the scene from the folder, or put in the pictures that belong to each other.',
    { scene },
  );

const tooSmall = (scene: string, { width, height }: Size, multiple: number) =>
  new SidelightError(
    'image-empty',
    `The scene “${scene}” is only ${width} × ${height} pixels.`,
    `Scenes to measure on need at least ${multiple} × ${multiple} pixels: remove it from the folder.`,
    { scene },
  );
