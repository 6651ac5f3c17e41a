import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { SidelightError } from '../../contract/errors';

const measurementSchema = z.object({
  /** Such as “NVIDIA H200”. */
  device: z.string(),
  provider: z.string(),
  /** Of the picture it was measured on. */
  width: z.int().min(1),
  height: z.int().min(1),
  /** How, in words. */
  how: z.string(),
  rows: z.array(z.object({ row: z.string(), precision: z.string(), milliseconds: z.number().positive() })),
});
/** Times of networks on a device that is not here: they are shown as they were written down. */
export type Measurement = z.infer<typeof measurementSchema>;

const fileSchema = z.union([
  z.object({ measurements: z.array(measurementSchema) }),
  measurementSchema.transform((one) => ({ measurements: [one] })),
]);

/** @throws SidelightError file-not-readable when the file is not there or holds something else */
export async function readMeasurements(file: string): Promise<Measurement[]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(file, 'utf8'))).measurements;
  } catch (thrown) {
    throw new SidelightError(
      'file-not-readable',
      `${file} holds no measured times.`,
      'Name a JSON file with device, provider, width, height, how and rows of row, precision and milliseconds.',
      { path: file },
      thrown,
    );
  }
}
