import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { NetworkTensor } from '../../filters/filter';

/** Tensors [1, channels, height, width] of a safetensors file. */
export function readTensors(path: string): ReadonlyMap<string, NetworkTensor> {
  const bytes = readFileSync(path);
  const begin = 8 + Number(bytes.readBigUInt64LE(0));
  const header: Record<string, { shape: number[]; data_offsets: [number, number] }> = JSON.parse(
    bytes.toString('utf8', 8, begin),
  );
  const { __metadata__: _, ...entries } = header;
  return new Map(
    Object.entries(entries).map(
      ([
        name,
        {
          shape,
          data_offsets: [start, end],
        },
      ]) => {
        const [, channels, height, width] = shape as [number, number, number, number];
        const data = new Float32Array(new Uint8Array(bytes.subarray(begin + start, begin + end)).buffer);
        return [name, { data, channels, height, width }];
      },
    ),
  );
}

export function largestDifference(found: Float32Array, { data }: NetworkTensor): number {
  expect(found.length).toBe(data.length);
  return data.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]!)), 0);
}
