import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SidelightError } from '../../contract/errors';
import { documentGeometry, reducedSize } from './geometry';

const size = (width: number, height: number) => ({ width, height });

const codeOf = (act: () => unknown) => {
  try {
    act();
  } catch (thrown) {
    return SidelightError.from(thrown);
  }
  throw new Error('It did not throw.');
};

describe('shapes that agree', () => {
  it('give the guidance’s grid and the factor of each axis', () => {
    expect(documentGeometry(size(80, 60), size(640, 480), 'refuse')).toEqual({
      size: size(640, 480),
      factor: { x: 8, y: 8 },
      guidanceRegion: { x: 0, y: 0, width: 640, height: 480 },
    });
  });

  it('are those that any rounding of one factor gives', () => {
    const side = fc.integer({ min: 20, max: 3000 });
    const rounding = fc.constantFrom(Math.floor, Math.ceil, Math.round);
    fc.assert(
      fc.property(
        side,
        side,
        fc.double({ min: 1, max: 16, noNaN: true }),
        rounding,
        rounding,
        (w, h, factor, a, b) => {
          const target = size(Math.max(1, a(w / factor)), Math.max(1, b(h / factor)));
          expect(documentGeometry(target, size(w, h), 'refuse').size).toEqual(size(w, h));
        },
      ),
    );
  });

  it('include a single pixel under anything', () => {
    expect(documentGeometry(size(1, 1), size(640, 3), 'refuse').factor).toEqual({ x: 640, y: 3 });
  });

  it('include equal sizes and a 1 × 1 pair', () => {
    expect(documentGeometry(size(5, 7), size(5, 7), 'refuse').factor).toEqual({ x: 1, y: 1 });
    expect(documentGeometry(size(1, 1), size(1, 1), 'refuse').size).toEqual(size(1, 1));
  });
});

it('without guidance the result has the target’s grid', () => {
  expect(documentGeometry(size(5, 7), null, 'refuse')).toEqual({
    size: size(5, 7),
    factor: { x: 1, y: 1 },
    guidanceRegion: null,
  });
});

describe('a target larger than its guidance', () => {
  it.each(['refuse', 'crop', 'stretch'] as const)(
    'is refused whatever the fit (%s), with a way out',
    (fit) => {
      for (const target of [size(641, 480), size(640, 481), size(2000, 100)]) {
        const error = codeOf(() => documentGeometry(target, size(640, 480), fit));
        expect(error.code).toBe('target-larger-than-guidance');
        expect(error.remedy).toContain('Swap');
        expect(error.details).toMatchObject({ targetWidth: target.width, guidanceWidth: 640 });
      }
    },
  );
});

describe('shapes that differ', () => {
  it('are refused, offering both ways out', () => {
    const error = codeOf(() => documentGeometry(size(80, 80), size(640, 480), 'refuse'));
    expect(error.code).toBe('aspect-mismatch');
    expect(error.remedy).toMatch(/crop.*stretch/);
  });

  it('are cropped to the middle of the guidance', () => {
    expect(documentGeometry(size(80, 80), size(640, 480), 'crop')).toEqual({
      size: size(480, 480),
      factor: { x: 6, y: 6 },
      guidanceRegion: { x: 80, y: 0, width: 480, height: 480 },
    });
  });

  it('are stretched over all of the guidance', () => {
    expect(documentGeometry(size(80, 80), size(640, 480), 'stretch').factor).toEqual({ x: 8, y: 6 });
  });

  it('crop to a region inside the guidance, in the target’s shape, at least its size', () => {
    const side = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(side, side, side, side, (w, h, extraWidth, extraHeight) => {
        const guidance = size(w + extraWidth, h + extraHeight);
        const { guidanceRegion: part, factor } = documentGeometry(size(w, h), guidance, 'crop');
        expect(part!.x + part!.width).toBeLessThanOrEqual(guidance.width);
        expect(part!.y + part!.height).toBeLessThanOrEqual(guidance.height);
        expect(Math.min(factor.x, factor.y)).toBeGreaterThanOrEqual(1);
        // What is left has the target's shape by the same measure that would have refused it.
        const left = size(part!.width, part!.height);
        expect(documentGeometry(size(w, h), left, 'refuse').size).toEqual(left);
      }),
    );
  });
});

it('a reduced grid has room for its last, partial block', () => {
  expect(reducedSize(size(17, 16), 3)).toEqual(size(3, 2));
  expect(reducedSize(size(1, 1), 12)).toEqual(size(1, 1));
});
