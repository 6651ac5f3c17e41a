import { extname, parse, resolve } from 'node:path';
import { SidelightError } from '../contract/errors';
import type { ExportSettings } from '../contract/recipe';
import type { Raster } from '../raster/raster';
import type { Codec, EncodedImage } from './codec';
import { memoryExhausted } from './faults';
import { type FileOperations, fileOperations } from './files';
import { codecs } from './list';
import { checkPlace } from './place';
import { writeWhole } from './whole-file';

export interface WrittenImage {
  /** Where the file is now: differs from the path asked for when that was taken and `overwrite` is `rename`. */
  readonly path: string;
  readonly bytes: number;
  readonly clampedPixels: number;
  readonly notices: readonly string[];
}

/**
 * The one place where pictures become files. The file appears whole under its name or not at all.
 * @param inputs paths of every file the result was made from; none of them is ever written to
 * @throws SidelightError output-is-input, file-exists, file-not-writable, disk-full, format-unknown,
 * format-unsupported, memory-exhausted
 */
export async function writeImage(
  path: string,
  raster: Raster,
  settings: ExportSettings,
  inputs: readonly string[],
  operations: FileOperations = fileOperations,
): Promise<WrittenImage> {
  const codec = codecFor(settings);
  const place = await checkPlace(resolve(path), settings.overwrite, inputs, operations);
  const { bytes, clampedPixels, notices } = await encode(codec, raster, settings);
  const named = await writeWhole(place, bytes, settings.overwrite, operations);
  return {
    path: named,
    bytes: bytes.length,
    clampedPixels,
    notices: [...notices, ...nameNotice(named, codec)],
  };
}

/**
 * Whether an export can be written as things stand: to be asked before minutes of work. Writing decides again, as the
 * folder may change meanwhile.
 * @throws SidelightError output-is-input, file-exists, file-not-writable, format-unknown, format-unsupported
 */
export async function checkExport(
  path: string,
  settings: ExportSettings,
  inputs: readonly string[],
  operations: FileOperations = fileOperations,
): Promise<void> {
  codecFor(settings);
  await checkPlace(resolve(path), settings.overwrite, inputs, operations);
}

async function encode(codec: Codec, raster: Raster, settings: ExportSettings): Promise<EncodedImage> {
  try {
    return await codec.encode!(raster, settings);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw memoryExhausted('the file to be written', thrown);
    throw SidelightError.from(thrown);
  }
}

function codecFor(settings: ExportSettings): Codec {
  const codec = codecs.find(({ id }) => id === settings.format);
  if (!codec?.encode) {
    throw new SidelightError(
      'format-unknown',
      `Sidelight does not write a format called “${settings.format}”.`,
      `Choose one of ${codecs.map(({ id }) => id).join(', ')}.`,
      { format: settings.format },
    );
  }
  if (!codec.writes.includes(settings.sampleType)) {
    throw new SidelightError(
      'format-unsupported',
      `${codec.title} cannot hold ${sampleTypeTitles[settings.sampleType]}.`,
      `Choose ${codec.writes.map((type) => sampleTypeTitles[type]).join(' or ')}, or another format.`,
      { format: codec.id, sampleType: settings.sampleType },
    );
  }
  return codec;
}

const sampleTypeTitles = { u8: '8-bit integers', u16: '16-bit integers', f32: '32-bit floats' } as const;

function nameNotice(path: string, { title, extensions }: Codec): string[] {
  const extension = extname(path).slice(1).toLowerCase();
  return extensions.includes(extension)
    ? []
    : [
        `The file is a ${title} although its name ends in “${extension ? `.${extension}` : parse(path).base}”.`,
      ];
}
