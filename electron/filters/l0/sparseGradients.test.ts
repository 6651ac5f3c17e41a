import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededPick } from '../testing/filterInputs';
import { SparseGradients } from './sparseGradients';

interface Sample {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

const planesOf = ({ width, height, channels }: Sample, seed: number) => {
  const pick = seededPick(seed);
  const plane = () => Float32Array.from({ length: width * height }, () => pick(1e6) / 1e6);
  return Array.from({ length: channels }, plane);
};

/** Differences of every pixel to its right and its lower neighbour, borders meeting. */
function differences(plane: Float32Array, width: number) {
  return Array.from(plane, (value, i) => {
    const right = i % width === width - 1 ? i + 1 - width : i + 1;
    const below = (i + width) % plane.length;
    return { right, below, across: plane[right]! - value, along: plane[below]! - value };
  });
}

/** I − S − β·∇ᵀ(differences of the pixels that drop theirs), by the definition. */
function plainResidual(
  plane: Float32Array,
  current: Float32Array,
  drops: boolean[],
  width: number,
  beta: number,
) {
  const out = Float64Array.from(plane, (value, i) => value - current[i]!);
  for (const [i, { right, below, across, along }] of differences(current, width).entries()) {
    if (!drops[i]) continue;
    out[i]! += beta * (across + along);
    out[right]! -= beta * across;
    out[below]! -= beta * along;
  }
  return out;
}

const sample = fc.record({
  width: fc.integer({ min: 1, max: 21 }),
  height: fc.integer({ min: 1, max: 9 }),
  channels: fc.constantFrom(1, 3),
});

describe('the sparse gradients', () => {
  it('are those whose squares sum to enough, at any size', () => {
    fc.assert(
      fc.property(sample, fc.double({ min: 0.01, max: 1.5, noNaN: true }), (size, least) => {
        const { width, height, channels } = size;
        const current = planesOf(size, width * 50 + height);
        const plane = planesOf(size, 9)[0]!;
        const squares = new Float64Array(width * height);
        for (const channel of current) {
          for (const [i, { across, along }] of differences(channel, width).entries())
            squares[i]! += across ** 2 + along ** 2;
        }
        // No pixel so near the limit that rounding decides.
        fc.pre(squares.every((square) => Math.abs(square - least) > 1e-6));
        const drops = Array.from(squares, (square) => square < least);
        const gradients = new SparseGradients({ width, height }, channels);
        gradients.drop(current, least);
        const expected = plainResidual(plane, current[0]!, drops, width, 3);
        const residual = gradients.residual(plane, current[0]!, 3);
        const row = new Float32Array(width);
        for (let y = 0; y < height; y += 1) {
          residual(y, row);
          for (const [x, value] of row.entries()) expect(value).toBeCloseTo(expected[y * width + x]!, 5);
        }
      }),
    );
  });

  it('adds rows', () => {
    const plane = Float32Array.from({ length: 14 }, (_, i) => i);
    new SparseGradients({ width: 7, height: 2 }, 1).add(plane, 1, Float32Array.of(1, 2, 3, 4, 5, 6, 7));
    expect([...plane]).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20]);
  });
});
