import { describe, expect, it } from 'vitest';
import type { ModelInput } from './model';
import { scalarModel } from './scalarModel';
import { hasVectors, vectorColourModel } from './vectorModel';

function scene(width: number, height: number, radius: number, epsilon: number): ModelInput {
  let state = width * 31 + height;
  const random = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  return {
    width,
    height,
    radius,
    epsilon,
    guidance: Float32Array.from({ length: 3 * width * height }, random),
    guidanceChannels: 3,
    target: Float32Array.from({ length: width * height }, random),
  };
}

function rowsOf(model: typeof scalarModel, input: ModelInput): Float64Array[] {
  const rows: Float64Array[] = [];
  model(input, (row, means) => {
    expect(row).toBe(rows.length);
    rows.push(means.slice());
  });
  return rows;
}

describe('the guided filter in WebAssembly', () => {
  it('can run on the machines that test it', () => {
    expect(hasVectors()).toBe(true);
  });

  it('says when there is not enough memory', () => {
    // More than the 4 GiB that WebAssembly addresses.
    const input = { ...scene(1, 1, 1, 1), width: 2 ** 20, height: 1, radius: 128 };
    expect(() => vectorColourModel(input, () => undefined)).toThrow(
      expect.objectContaining({ code: 'memory-exhausted' }),
    );
  });

  it.each([
    [64, 48, 5, 1e-3],
    // Windows larger than the picture, one row, one column, one pixel; then a larger one again in the same memory.
    [9, 7, 20, 1e-6],
    [33, 1, 3, 1e-4],
    [1, 33, 3, 1e-4],
    [1, 1, 1, 1],
    [150, 90, 16, 0.1],
  ])('equals the plain one on %i × %i, r = %i, ε = %f', (width, height, radius, epsilon) => {
    const input = scene(width, height, radius, epsilon);
    const expected = rowsOf(scalarModel, input);
    const rows = rowsOf(vectorColourModel, input);
    expect(rows).toHaveLength(height);
    for (const [y, row] of rows.entries()) {
      for (const [i, value] of row.entries()) {
        expect(Math.abs(value - expected[y]![i]!)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value)));
      }
    }
  });
});
