import { beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../electron/contract/errors';
import type { SourceInfo } from '../../electron/contract/sources';
import { sourceInfo } from '../../electron/contract/standInEngine';
import { closeDocument, useDocument } from '../document/documentStore';
import { newWork } from '../document/work';
import { remediesFor } from './remedies';

const titles = (code: ErrorCode) =>
  remediesFor({ code, message: 'It failed.', remedy: 'Do this.' }).map(({ title }) => title);

/** A target whose pixels are unknown because of `unknownMarker`, or for being no numbers. */
function openTarget(unknownMarker: SourceInfo['unknownMarker']): void {
  const info: SourceInfo = {
    ...sourceInfo,
    sampleType: 'f32',
    fullScale: { min: 0, max: 0 },
    valueRange: { min: 0, max: 0 },
    unknownPixels: 4,
    nonFinitePixels: unknownMarker === 'zero' ? 0 : 4,
    unknownMarker,
  };
  const file = { fileId: 'file', name: 'depth.npy', path: null, bytes: 16 };
  const work = newWork();
  useDocument.setState({
    sources: { depth: { sourceId: 'depth', file, info, error: null, readAs: '', reading: 1 } },
    work: {
      ...work,
      inputs: { ...work.inputs, target: { sourceId: 'depth', unit: 'none', unknownMarker: 'auto' } },
    },
  });
}

beforeEach(closeDocument);

describe('ways out as buttons', () => {
  it('crop or stretch two shapes that differ', () => {
    expect(titles('aspect-mismatch')).toEqual(['Crop the guidance', 'Stretch the target']);
    remediesFor({ code: 'aspect-mismatch', message: '', remedy: '' })[1]!.perform();
    expect(useDocument.getState().work.processing.fit).toBe('stretch');
  });

  it('swap two files that were mistaken for each other', () => {
    openTarget('none');
    remediesFor({ code: 'target-larger-than-guidance', message: '', remedy: '' })[0]!.perform();
    expect(useDocument.getState().work.inputs).toMatchObject({
      guidance: { sourceId: 'depth' },
      target: null,
    });
  });

  it('take zeros as values where they made everything unknown', () => {
    openTarget('zero');
    expect(titles('target-all-unknown')).toEqual(['Take zeros as values', 'Choose another target…']);
    remediesFor({ code: 'target-all-unknown', message: '', remedy: '' })[0]!.perform();
    expect(useDocument.getState().work.inputs.target?.unknownMarker).toBe('none');
  });

  it('do not offer that for a target without a number in it', () => {
    openTarget('none');
    expect(titles('target-all-unknown')).toEqual(['Choose another target…']);
  });

  it('use the CPU when a device fails', () => {
    for (const code of ['device-failed', 'device-wrong-result', 'device-unavailable'] as const)
      expect(titles(code)).toEqual(['Use the CPU']);
  });

  it('are none where only words help', () => {
    expect(titles('disk-full')).toEqual([]);
  });
});
