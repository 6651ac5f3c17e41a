import { create } from 'zustand';
import type { ShownLayer } from '../document/viewStore';

/** Small pictures of the layers, for lists. */
export const useThumbnails = create<Partial<Record<ShownLayer, ImageBitmap>>>(() => ({}));

const longestSide = 112;

/** Keeps a small copy: the tile it comes from may be freed at any time. */
export async function keepThumbnail(layer: ShownLayer, bitmap: ImageBitmap): Promise<void> {
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const copy = await createImageBitmap(bitmap, {
    resizeWidth: Math.max(1, Math.round(bitmap.width * scale)),
    resizeHeight: Math.max(1, Math.round(bitmap.height * scale)),
    resizeQuality: 'medium',
  }).catch(() => null);
  if (copy) useThumbnails.setState({ [layer]: copy });
}

export const dropThumbnail = (layer: ShownLayer) => useThumbnails.setState({ [layer]: undefined });
