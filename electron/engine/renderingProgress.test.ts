import { expect, it } from 'vitest';
import { renderingProgress } from './renderingProgress';

it('is silent at first, then says how far it is and how long it will take, at a readable pace', () => {
  let time = 0;
  const told: unknown[] = [];
  const report = renderingProgress(
    7,
    (progress) => told.push(progress),
    () => time,
  );
  const at: readonly [number, number][] = [
    [300, 0.1],
    [500, 0.25],
    [550, 0.3],
    [1000, 0.5],
    [2000, 1],
  ];
  for (const [when, done] of at) {
    time = when;
    report(done);
  }
  expect(told).toEqual([
    { generation: 7, done: 0.25, remainingMilliseconds: 1500 },
    { generation: 7, done: 0.5, remainingMilliseconds: 1000 },
  ]);
});
