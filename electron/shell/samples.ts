import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { SidelightError } from '../contract/errors';
import { type Sample, sampleSchema } from '../contract/shell';

/** Where the page finds the files of `Sample.thumbnail`, in either shell. */
export const samplesAddress = 'samples/';

/** The sample pairs of the installation; file names in them are relative to `folder`. */
export async function readSamples(folder: string): Promise<Sample[]> {
  const listed = z
    .array(sampleSchema)
    .parse(JSON.parse(await readFile(path.join(folder, 'samples.json'), 'utf8')));
  for (const { guidance, target, thumbnail } of listed) {
    for (const name of [guidance, target, thumbnail]) {
      if (path.basename(name) !== name)
        throw new Error(`samples.json names ${name}, which is no plain file name.`);
    }
  }
  return listed;
}

export function findSample(samples: readonly Sample[], sampleId: string): Sample {
  const sample = samples.find(({ id }) => id === sampleId);
  if (sample) return sample;
  throw new SidelightError(
    'file-not-found',
    `There is no sample “${sampleId}”.`,
    'Choose one of the samples on the empty screen.',
  );
}
