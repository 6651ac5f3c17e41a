import { describe, expect, it } from 'vitest';
import type { DocumentInfo } from '../../electron/contract/engine';
import type { Step } from '../../electron/contract/recipe';
import type { SourceInfo } from '../../electron/contract/sources';
import { sourceInfo } from '../../electron/contract/standInEngine';
import { geometryKey, sceneOf } from './scene';
import { describedFilter } from './testing/describedFilter';
import { newWork, type Source, type Work } from './work';

const source = (sourceId: string, info: Partial<SourceInfo>): Source => ({
  sourceId,
  file: { fileId: sourceId, name: `${sourceId}.png`, path: null, bytes: 1 },
  error: null,
  readAs: 'target none auto',
  reading: 1,
  info: {
    ...sourceInfo,
    sourceId,
    fileId: sourceId,
    name: `${sourceId}.png`,
    size: { width: 800, height: 600 },
    channels: 3,
    sampleType: 'u8',
    fullScale: { min: 0, max: 255 },
    valueRange: { min: 3, max: 250 },
    unit: 'none',
    ...info,
  },
});

const sources = {
  photo: source('photo', {}),
  depth: source('depth', { size: { width: 100, height: 75 }, channels: 1, unknownPixels: 4 }),
};
const choice = (sourceId: string) => ({ sourceId, unit: 'none', unknownMarker: 'auto' }) as const;
const work: Work = { ...newWork(), inputs: { guidance: choice('photo'), target: choice('depth') } };
const filter = describedFilter({ secondsPerMegapixel: 2 });
const step: Step = {
  id: 's',
  filter: filter.id,
  enabled: true,
  parameters: {},
  iterations: 3,
  guidance: 'document',
  opacity: 1,
};
const withSteps: Work = { ...work, processing: { ...work.processing, steps: [step] } };
const info: DocumentInfo = {
  size: { width: 800, height: 600 },
  factor: { x: 8, y: 8 },
  guidanceRegion: null,
  channels: 1,
  values: 'continuous',
  unit: 'none',
  fullScale: { min: 0, max: 255 },
  notices: [],
};
const state = (of: Work) => ({ work: of, sources, info, infoFor: geometryKey({ work: of, sources }) });
const view = { displays: {}, inspected: null };
const layer = (of: Work, id: string) =>
  sceneOf(state(of), view, [filter])?.layers.find((one) => one.id === id);

describe('the scene', () => {
  it('lays the target’s own pixels over the picture of the result’s size', () => {
    const scene = sceneOf(state(withSteps), view, [filter])!;
    expect(scene.size).toEqual({ width: 800, height: 600 });
    expect(scene.layers.map(({ id }) => id)).toEqual(['result', 'target', 'guidance']);
    expect(layer(withSteps, 'target')?.scale).toEqual({ x: 8, y: 8 });
  });

  it('redraws the result when a step changes, and nothing else', () => {
    const other = { ...withSteps, processing: { ...work.processing, steps: [{ ...step, opacity: 0.5 }] } };
    expect(layer(other, 'result')?.key).not.toBe(layer(withSteps, 'result')?.key);
    expect(layer(other, 'target')?.key).toBe(layer(withSteps, 'target')?.key);
    expect(layer(other, 'guidance')?.key).toBe(layer(withSteps, 'guidance')?.key);
  });

  it('does not redraw for a step that is switched off', () => {
    const off = { ...step, id: 'off', enabled: false };
    const other = { ...withSteps, processing: { ...work.processing, steps: [step, off] } };
    expect(layer(other, 'result')?.key).toBe(layer(withSteps, 'result')?.key);
  });

  it('redraws a source that was read again', () => {
    const again = { ...sources, depth: { ...sources.depth, reading: 2 } };
    const scene = sceneOf({ ...state(withSteps), sources: again }, view, [filter]);
    expect(scene?.layers.find(({ id }) => id === 'target')?.key).not.toBe(layer(withSteps, 'target')?.key);
  });

  it('has no result while what is known belongs to other files', () => {
    const stale = { ...state(withSteps), infoFor: 'other files' };
    expect(sceneOf(stale, view, [filter])?.layers.map(({ id }) => id)).toEqual(['target', 'guidance']);
  });

  it('marks unknown pixels of the result only while they are kept', () => {
    expect(layer(withSteps, 'result')?.hasUnknown).toBe(true);
    const complete: Work = { ...withSteps, processing: { ...withSteps.processing, unknown: 'complete' } };
    expect(layer(complete, 'result')?.hasUnknown).toBe(false);
  });

  it('shows what is inspected in the result’s place, and every iteration beside it', () => {
    const inspected = { step: 's', iteration: 2 };
    const scene = sceneOf(state(withSteps), { ...view, inspected }, [filter])!;
    const [result, target] = scene.layers;
    expect(result).toMatchObject({ document: { until: inspected }, secondsPerMegapixel: 4 });
    expect(result?.key).not.toBe(layer(withSteps, 'result')?.key);
    expect(target?.key).toBe(layer(withSteps, 'target')?.key);
    expect(scene.iterations.map(({ at }) => at.iteration)).toEqual([1, 2, 3]);
    expect(scene.iterations[1]?.key).toBe(result?.key);
    expect(scene.iterations[2]?.key, 'the last one is the result').toBe(layer(withSteps, 'result')?.key);
  });

  it('knows what the result costs', () => {
    expect(layer(withSteps, 'result')?.secondsPerMegapixel).toBe(6);
    expect(layer(work, 'result')?.secondsPerMegapixel).toBe(0);
  });

  it('shows the result in the target’s colours until it has its own', () => {
    const grey = { colormap: 'grey', range: { min: 0, max: 9 }, markSaturated: false } as const;
    const magma = { ...grey, colormap: 'magma' } as const;
    const resultIn = (displays: Record<string, typeof grey | typeof magma>) =>
      sceneOf(state(withSteps), { ...view, displays }, [filter])?.layers[0]?.display.colormap;
    expect(resultIn({})).toBe('viridis');
    expect(resultIn({ depth: grey })).toBe('grey');
    expect(resultIn({ depth: grey, result: magma })).toBe('magma');
  });

  it('is nothing without a file', () => {
    expect(sceneOf({ ...state(newWork()), info: null }, view, [filter])).toBeNull();
  });
});
