import { expect, it } from 'vitest';
import type { BoundDocument } from '../../electron/contract/engine';
import type { Step } from '../../electron/contract/recipe';
import { blendEnds } from './blendEnds';

const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  filter: 'dgf',
  enabled: true,
  parameters: {},
  iterations: 1,
  guidance: 'document',
  opacity: 1,
  ...more,
});
const documentOf = (steps: Step[], more: Partial<BoundDocument> = {}): BoundDocument => ({
  target: 't',
  guidance: null,
  processing: { fit: 'refuse', unknown: 'complete', targetValues: 'continuous', steps },
  ...more,
});
const grey = { colormap: 'grey', range: { min: 0, max: 255 }, markSaturated: false } as const;
const amounts = { values: 'continuous' } as const;
const opacities = ({ processing }: BoundDocument) => processing.steps.map(({ opacity }) => opacity);

it('are the last step that is on, without effect and with all of it', () => {
  const steps = [step('a', { opacity: 0.2 }), step('b', { opacity: 0.4 }), step('off', { enabled: false })];
  const ends = blendEnds(documentOf(steps), grey, amounts)!;
  expect(ends.share).toBe(0.4);
  expect(opacities(ends.without)).toEqual([0.2, 0, 1]);
  expect(opacities(ends.full)).toEqual([0.2, 1, 1]);
});

it('do not change with what lies between them', () => {
  const at = (opacity: number) => blendEnds(documentOf([step('a', { opacity })]), grey, amounts)!;
  expect(at(0.3).full).toEqual(at(0.8).full);
  expect(at(0.3).without).toEqual(at(0.8).without);
  expect(at(0.3).full).toEqual(documentOf([step('a')]));
});

it('are not there where colours between them are not on a line', () => {
  const document = documentOf([step('a', { opacity: 0.5 })]);
  expect(blendEnds(document, { ...grey, colormap: 'viridis' }, amounts)).toBeNull();
  expect(blendEnds(document, { ...grey, markSaturated: true }, amounts)).toBeNull();
  expect(blendEnds(document, grey, { values: 'classes' })).toBeNull();
  const classes = { ...document, processing: { ...document.processing, targetValues: 'classes' } } as const;
  expect(blendEnds(classes, grey, amounts)).toBeNull();
});

it('are not there without a step, and while a picture on the way is looked at', () => {
  expect(blendEnds(documentOf([]), grey, amounts)).toBeNull();
  const inspected = documentOf([step('a')], { until: { step: 'a', iteration: 1 } });
  expect(blendEnds(inspected, grey, amounts)).toBeNull();
});
