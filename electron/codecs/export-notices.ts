import type { Raster } from '../raster/raster';
import { formatScaleRecord, type ScaleRecord } from './scale-record';

/** Tells what a map loses in a format that has no place for what its codes mean. Pictures lose nothing by that. */
export function unrecordedNotice(title: string, raster: Raster, record: ScaleRecord | null): string[] {
  if (!record || raster.channels !== 1) return [];
  return [
    `${title} cannot hold what its numbers mean (${formatScaleRecord(record).replace('Sidelight: ', '')}): note it down, or choose PNG or TIFF.`,
  ];
}

export function alphaNotice(title: string, raster: Raster): string[] {
  if (!raster.alpha) return [];
  return [
    raster.channels === 3
      ? `${title} has no transparency: the picture was laid onto white.`
      : `${title} has no transparency: it was left out and the values kept.`,
  ];
}

/** Metadata is welcome, never worth losing an export for: whatever fails becomes a notice. */
export async function withMetadata(
  what: string,
  notices: string[],
  bytes: Uint8Array,
  add: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<Uint8Array> {
  try {
    return await add(bytes);
  } catch {
    notices.push(`The ${what} could not be written into the file; its pixels are complete.`);
    return bytes;
  }
}

/** For PFM and NPY, which hold bare numbers. */
export function floatFileNotices(title: string, raster: Raster): string[] {
  const notices: string[] = [];
  if (raster.alpha) notices.push(`${title} has no transparency: it was left out and the values kept.`);
  if (raster.unit !== 'none')
    notices.push(`${title} cannot hold the unit; the values are in ${raster.unit}.`);
  return notices;
}
