import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

export interface Shape {
  readonly width: number;
  readonly height: number;
}

const file = (folder: string, name: string) => path.join(folder, name);

/** A colourful photo with an edge in it; its format follows the name. */
export async function writePhoto(
  folder: string,
  name: string,
  { width, height }: Shape,
  colourspace: 'srgb' | 'cmyk' = 'srgb',
): Promise<string> {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const x = Math.floor(at / 3) % width;
    return (at % 3) * 40 + (x < width / 2 ? 30 : 130) + (Math.floor(at / 3 / width) % 7);
  });
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  await picture.toColourspace(colourspace).toFile(file(folder, name));
  return file(folder, name);
}

/** A 16-bit depth map: a slope, or `value` everywhere. */
export async function writeMap(
  folder: string,
  name: string,
  { width, height }: Shape,
  value: number | null = null,
): Promise<string> {
  const data = Uint16Array.from(
    { length: width * height },
    (_, at) => value ?? 1000 + 100 * (at % width) + Math.floor(at / width),
  );
  const picture = sharp(data, { raw: { width, height, channels: 1 } });
  await picture.toColourspace('grey16').png().toFile(file(folder, name));
  return file(folder, name);
}

/** A 16-bit class map: upright stripes, one for each label from left to right. */
export async function writeClassMap(
  folder: string,
  name: string,
  { width, height }: Shape,
  labels: readonly number[],
): Promise<string> {
  const data = Uint16Array.from(
    { length: width * height },
    (_, at) => labels[Math.floor(((at % width) * labels.length) / width)]!,
  );
  const picture = sharp(data, { raw: { width, height, channels: 1 } });
  await picture.toColourspace('grey16').png().toFile(file(folder, name));
  return file(folder, name);
}

/** The first part of a file, as a broken transfer leaves it. */
export async function writeTruncated(whole: string, name: string, share = 0.5): Promise<string> {
  const bytes = await readFile(whole);
  const truncated = file(path.dirname(whole), name);
  await writeFile(truncated, bytes.subarray(0, Math.floor(bytes.length * share)));
  return truncated;
}
