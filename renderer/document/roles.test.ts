import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessPair, guessSingle, type RoleCandidate } from './roles';

const file = (name: string, width: number, height: number, channels: number): RoleCandidate => ({
  name,
  width,
  height,
  channels,
});

const guidanceOf = (first: RoleCandidate, second: RoleCandidate) =>
  [first, second][guessPair(first, second).guidance]?.name;

describe('guessing the roles of a pair', () => {
  it('takes the larger picture as the guidance', () => {
    expect(guidanceOf(file('a.png', 172, 136, 1), file('b.jpg', 1376, 1088, 3))).toBe('b.jpg');
    expect(guidanceOf(file('b.png', 1376, 1088, 1), file('a.png', 172, 136, 3))).toBe('b.png');
  });

  it('takes the colour picture as the guidance at equal size', () => {
    expect(guidanceOf(file('1.png', 640, 480, 1), file('2.png', 640, 480, 3))).toBe('2.png');
  });

  it.each([
    ['scene_depth.png', 'scene.png'],
    ['X_disp.png', 'X_left.png'],
    ['cave_noflash.jpg', 'cave_flash.jpg'],
    ['X_big_disparity.png', 'X_color.png'],
    ['rgb_noisy.png', 'nir.png'],
  ])('reads names when pictures are alike: %s is the target of %s', (target, guidance) => {
    expect(guidanceOf(file(target, 640, 480, 3), file(guidance, 640, 480, 3))).toBe(guidance);
    expect(guidanceOf(file(guidance, 640, 480, 3), file(target, 640, 480, 3))).toBe(guidance);
  });

  it('takes the one-channel picture as the guidance of a photo to restore', () => {
    const photo = file('1.png', 640, 480, 3);
    const infrared = file('2.png', 640, 480, 1);
    expect(guessPair(photo, infrared, 'picture')).toEqual({ guidance: 1, target: 0 });
    expect(guessPair(infrared, photo, 'picture')).toEqual({ guidance: 0, target: 1 });
  });

  it('does not find words inside other words', () => {
    expect(guidanceOf(file('flower.png', 640, 480, 3), file('colorado_depth.png', 640, 480, 3))).toBe(
      'flower.png',
    );
  });

  it('gives each role to one of the two, whichever order they come in', () => {
    const candidate = fc.record({
      name: fc.string(),
      width: fc.integer({ min: 1, max: 9000 }),
      height: fc.integer({ min: 1, max: 9000 }),
      channels: fc.constantFrom(1, 3),
    });
    fc.assert(
      fc.property(candidate, candidate, (first, second) => {
        const guess = guessPair(first, second);
        expect(guess.guidance + guess.target).toBe(1);
        const larger = Math.sign(first.width * first.height - second.width * second.height * 1.06);
        if (larger > 0) expect(guess.guidance).toBe(0);
      }),
    );
  });
});

describe('guessing the role of one file', () => {
  it('goes by name, then by channels', () => {
    expect(guessSingle(file('depth.png', 64, 48, 3))).toBe('target');
    expect(guessSingle(file('left.png', 64, 48, 1))).toBe('guidance');
    expect(guessSingle(file('a.png', 64, 48, 1))).toBe('target');
    expect(guessSingle(file('a.png', 64, 48, 3))).toBe('guidance');
    expect(guessSingle(file('a.png', 64, 48, 3), 'picture')).toBe('target');
    expect(guessSingle(file('flash.png', 64, 48, 3), 'picture')).toBe('guidance');
  });
});
