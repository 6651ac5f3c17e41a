import { describe, expect, it } from 'vitest';
import type { Scale } from '../../electron/recipe/scale';
import { nudged } from './nudge';

const radius: Scale = { min: 1, max: 64, step: 1, scale: 'linear', integer: true };
const sigma: Scale = { min: 0, max: 10, step: 0.1, scale: 'linear', integer: false };
const epsilon: Scale = { min: 1e-6, max: 1, step: 1e-6, scale: 'log', integer: false };
const key = (name: string, modifiers: { shiftKey?: boolean; altKey?: boolean } = {}) => ({
  key: name,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('slider keys', () => {
  it('move by a step, ten with Shift, a tenth with Alt', () => {
    expect(nudged(2, key('ArrowUp'), sigma)).toBe(2.1);
    expect(nudged(2, key('ArrowLeft', { shiftKey: true }), sigma)).toBe(1);
    expect(nudged(2, key('ArrowRight', { altKey: true }), sigma)).toBe(2.01);
  });

  it('keep whole numbers whole', () => {
    expect(nudged(8, key('ArrowUp', { altKey: true }), radius)).toBe(9);
    expect(nudged(8, key('PageDown'), radius)).toBe(1);
  });

  it('go to the ends and stop there', () => {
    expect(nudged(8, key('Home'), radius)).toBe(1);
    expect(nudged(8, key('End'), radius)).toBe(64);
    expect(nudged(64, key('ArrowUp'), radius)).toBe(64);
  });

  it('move a logarithmic scale in equal ratios, and always move', () => {
    const once = nudged(1e-3, key('ArrowUp', { shiftKey: true }), epsilon)!;
    const twice = nudged(once, key('ArrowUp', { shiftKey: true }), epsilon)!;
    expect(twice / once).toBeCloseTo(once / 1e-3, 1);
    const whole: Scale = { min: 1, max: 1000, step: 1, scale: 'log', integer: true };
    expect(nudged(2, key('ArrowUp'), whole)).toBe(3);
    expect(nudged(2, key('ArrowDown'), whole)).toBe(1);
  });

  it('are left alone when they mean something else', () => {
    expect(nudged(8, key('a'), radius)).toBeNull();
    expect(nudged(8, key('Tab'), radius)).toBeNull();
  });
});
