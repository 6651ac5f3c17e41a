import { create } from 'zustand';

/** Small pictures by the name of what they show: a layer, or an iteration. */
export const useThumbnails = create<Partial<Record<string, ImageBitmap>>>(() => ({}));

const longestSide = 112;

/** Keeps a small copy: the tile it comes from may be freed at any time. */
export async function keepThumbnail(name: string, bitmap: ImageBitmap): Promise<void> {
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const copy = await createImageBitmap(bitmap, {
    resizeWidth: Math.max(1, Math.round(bitmap.width * scale)),
    resizeHeight: Math.max(1, Math.round(bitmap.height * scale)),
    resizeQuality: 'medium',
  }).catch(() => null);
  if (copy) useThumbnails.setState({ [name]: copy });
}

export const dropThumbnail = (name: string) => useThumbnails.setState({ [name]: undefined });
