import { describe, expect, it } from 'vitest';
import { errorCodes } from '../contract/errors';
import { exitCodeOf, exitCodes, exitCodesHelp } from './exitCodes';

describe('exit codes', () => {
  it('never call a failure a success', () => {
    for (const code of errorCodes) expect(exitCodeOf(code)).toBeGreaterThan(0);
  });

  it('are all explained in the help', () => {
    for (const exitCode of Object.values(exitCodes))
      expect(exitCodesHelp).toMatch(new RegExp(`^ +${exitCode} `, 'm'));
  });

  it.each([
    ['usage', 2],
    ['image-damaged', 3],
    ['disk-full', 4],
    ['device-unavailable', 5],
    ['engine-crashed', 6],
    ['model-damaged', 7],
    ['cancelled', 130],
    ['internal', 1],
  ] as const)('%s ends with %i', (code, exitCode) => {
    expect(exitCodeOf(code)).toBe(exitCode);
  });
});
