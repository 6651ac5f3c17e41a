import { expect, it } from 'vitest';
import { peakBytes } from './peakBytes';

it('the most memory held is at least what is held now, and stays when that is given back', () => {
  let block: Uint8Array | null = new Uint8Array(200e6).fill(1);
  const held = process.memoryUsage.rss();
  expect(block[1e8]).toBe(1);
  block = null;
  expect(peakBytes()).toBeGreaterThanOrEqual(0.95 * held);
  expect(peakBytes()).toBeGreaterThan(200e6);
});
