import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Round } from './round';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function begun(tiles: number): Round {
  const round = new Round();
  round.begin();
  round.pending(tiles);
  return round;
}

it('is worth finishing until it is whole', () => {
  const round = begun(12);
  vi.advanceTimersByTime(60);
  expect(round.isWorthFinishing()).toBe(true);
  round.arrived(12);
  round.pending(0);
  expect(round.isWorthFinishing()).toBe(false);
  expect(round.isBrief).toBe(true);
});

it('is given up when nothing comes soon', () => {
  const round = begun(12);
  vi.advanceTimersByTime(101);
  expect(round.isWorthFinishing()).toBe(false);
});

it('goes on after that as long as it comes fast enough', () => {
  const round = begun(12);
  vi.advanceTimersByTime(150);
  round.arrived(7);
  expect(round.isWorthFinishing()).toBe(true);
  vi.advanceTimersByTime(150);
  expect(round.isWorthFinishing()).toBe(false);
});

it('is not brief when it took long, and is not judged by what was asked for outside a round', () => {
  const round = begun(12);
  vi.advanceTimersByTime(600);
  round.pending(0);
  expect(round.isBrief).toBe(false);
  round.pending(3);
  round.pending(0);
  expect(round.isBrief).toBe(false);
  expect(round.isWorthFinishing()).toBe(false);
});
