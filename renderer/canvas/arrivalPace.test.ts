import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ArrivalPace } from './arrivalPace';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Draws as soon as it is told to. */
function paced() {
  const draws: number[] = [];
  const start = performance.now();
  const pace: ArrivalPace = new ArrivalPace(() => {
    draws.push(performance.now() - start);
    pace.drawn();
  });
  return { pace, draws };
}

it('draws the first part at once, and parts that follow soon together', () => {
  const { pace, draws } = paced();
  for (let part = 0; part < 10; part += 1) {
    pace.arrived();
    vi.advanceTimersByTime(10);
  }
  expect(draws).toEqual([0, 80]);
  vi.advanceTimersByTime(1000);
  expect(draws, 'what came after the last drawing is not forgotten').toEqual([0, 80, 160]);
});

it('does not hold up parts that take long', () => {
  const { pace, draws } = paced();
  for (let part = 0; part < 3; part += 1) {
    pace.arrived();
    vi.advanceTimersByTime(300);
  }
  expect(draws).toEqual([0, 300, 600]);
});

it('draws nothing any more once it is stopped', () => {
  const { pace, draws } = paced();
  pace.arrived();
  pace.arrived();
  pace.stop();
  vi.advanceTimersByTime(1000);
  expect(draws).toEqual([0]);
});
