import { SidelightError } from '../contract/errors';
import type { Size } from '../contract/geometry';

/** Decoded pixels above this are refused before anything is allocated: a decompression bomb, or beyond memory. */
const maximumPixels = 200e6;

/** The file claims to be of a format but its content does not hold together. */
export function damaged(format: string, finding: string, cause?: unknown): SidelightError {
  return new SidelightError(
    'image-damaged',
    `The ${format} file is damaged: ${finding}.`,
    'Open the original again, copy or download the file once more, or save it anew in the program it came from.',
    { format },
    cause,
  );
}

/** A sound file that uses a part of its format Sidelight does not read or write. */
export function unsupported(
  format: string,
  finding: string,
  remedy: string,
  cause?: unknown,
): SidelightError {
  return new SidelightError('format-unsupported', `${finding}.`, remedy, { format }, cause);
}

/**
 * To be called with the header's numbers, before pixels are decoded.
 * @throws SidelightError image-empty, image-too-large, image-damaged
 */
export function checkSize(format: string, { width, height }: Size): void {
  if (!(width >= 1 && height >= 1)) {
    throw new SidelightError(
      'image-empty',
      `The ${format} file holds no pixels: its size is ${width} × ${height}.`,
      'Choose a file with at least one pixel.',
      { width, height },
    );
  }
  if (width * height > maximumPixels) {
    const megapixels = (pixels: number) => (pixels / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });
    throw new SidelightError(
      'image-too-large',
      `The ${format} file says it is ${width} × ${height} pixels (${megapixels(width * height)} megapixels); the limit is ${megapixels(maximumPixels)} megapixels.`,
      'Reduce the picture or cut it into parts, then open those.',
      { width, height, limit: maximumPixels },
    );
  }
  if (!Number.isInteger(width) || !Number.isInteger(height))
    throw damaged(format, 'its size is no whole number');
}

/** @throws format-unsupported when a side is longer than a format can say */
export function checkSide(format: string, { width, height }: Size, longest: number): void {
  if (Math.max(width, height) <= longest) return;
  throw unsupported(
    format,
    `${format} holds at most ${longest} pixels a side, and the picture is ${width} × ${height}`,
    'Choose PNG or TIFF.',
  );
}

export function memoryExhausted(what: string, cause: unknown): SidelightError {
  return new SidelightError(
    'memory-exhausted',
    `There is not enough memory for ${what}.`,
    'Close other programs, or reduce the picture.',
    undefined,
    cause,
  );
}
