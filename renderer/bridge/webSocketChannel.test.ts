import { describe, expect, it } from 'vitest';
import { closeReason } from './webSocketChannel';

describe('why the engine’s socket closed', () => {
  it('is told by the server’s own codes, and is a lost link otherwise', () => {
    expect(closeReason(4001)).toBe('crashed');
    expect(closeReason(4002)).toBe('stopped');
    expect([1000, 1001, 1006].map(closeReason)).toEqual(['lost', 'lost', 'lost']);
  });
});
