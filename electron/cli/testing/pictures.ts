import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

export interface Pattern {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  value(x: number, y: number, channel: number): number;
}

/** 8-bit picture of a pattern, in whatever format the name says. */
export async function writePicture(folder: string, name: string, pattern: Pattern): Promise<string> {
  const file = path.join(folder, name);
  const colourspace = pattern.channels < 3 ? 'b-w' : 'srgb';
  await sharp(samplesOf(pattern, Uint8Array), { raw: pattern }).toColourspace(colourspace).toFile(file);
  return file;
}

/** 16-bit grey PNG of a pattern. */
export async function writeGrey16(folder: string, name: string, pattern: Pattern): Promise<string> {
  const file = path.join(folder, name);
  await sharp(samplesOf(pattern, Uint16Array), { raw: pattern }).toColourspace('grey16').png().toFile(file);
  return file;
}

/** NPY file of float32 values, version 1.0 (numpy's own description of the format). */
export async function writeNpy(folder: string, name: string, pattern: Pattern): Promise<string> {
  const file = path.join(folder, name);
  const shape = `(${pattern.height}, ${pattern.width})`;
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`;
  const header = Buffer.from(`${text.padEnd(128 - 10 - 1)}\n`, 'latin1');
  const preamble = Buffer.from([
    0x93,
    ...Buffer.from('NUMPY'),
    1,
    0,
    header.length & 255,
    header.length >> 8,
  ]);
  const samples = samplesOf(pattern, Float32Array);
  await writeFile(file, Buffer.concat([preamble, header, Buffer.from(samples.buffer)]));
  return file;
}

type SampleArray = { new (length: number): Uint8Array | Uint16Array | Float32Array };

function samplesOf<A extends SampleArray>({ width, height, channels, value }: Pattern, Samples: A) {
  const samples = new Samples(width * height * channels) as InstanceType<A>;
  let index = 0;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let channel = 0; channel < channels; channel += 1, index += 1)
        samples[index] = value(x, y, channel);
  return samples;
}
