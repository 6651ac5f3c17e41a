import { describe, expect, it } from 'vitest';
import { isTrackpad } from './gestures';

describe('what turns the wheel', () => {
  it.each([
    ['a wheel by lines', { deltaMode: 1, deltaX: 0, deltaY: 3 }, false],
    ['a wheel by pixels', { deltaMode: 0, deltaX: 0, deltaY: 100 }, false],
    ['a wheel on a scaled screen', { deltaMode: 0, deltaX: 0, deltaY: -66.67 }, false],
    ['fingers, slowly', { deltaMode: 0, deltaX: 0, deltaY: 4 }, true],
    ['fingers, sideways', { deltaMode: 0, deltaX: -12, deltaY: 80 }, true],
  ])('%s', (_name, event, expected) => {
    expect(isTrackpad(event)).toBe(expected);
  });
});
