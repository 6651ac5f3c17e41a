import { expect, it } from 'vitest';
import { createRaster } from '../raster/raster';
import { reduceBicubic } from '../raster/reduceBicubic';
import { suitedTarget } from './dagfTarget';
import type { TargetView } from './filter';

const chosen = (factor: number, degradation = 'bicubic') => ({
  factor,
  model: {
    network: 'dagf' as const,
    id: `dagf-x${factor}`,
    title: `DAGF ×${factor}`,
    factors: [factor],
    degradation,
    seesNoisy: false,
    guidanceDetail: 1,
    variant: 'standard' as const,
    channels: 32,
    sizeMultiple: 8,
    outputs: [],
  },
});

function viewOf(width: number, height: number, factor: number): TargetView {
  const data = Float32Array.from({ length: width * height }, (_, i) => i);
  return {
    raster: createRaster({ width, height, channels: 1, data }),
    offset: { x: 0, y: 0 },
    factor: { x: factor, y: factor },
    whole: { width, height },
    valueRange: { min: 0, max: data.length - 1 },
    noise: 0,
  };
}

it.each([
  { factor: 8, trained: 8 },
  { factor: 6, trained: 8 },
  { factor: 20, trained: 16 },
  // So little smaller that reducing would take more than the network gives.
  { factor: 1, trained: 4 },
  { factor: 1.4, trained: 4 },
])('a ×$factor target is what the model for ×$trained sees', ({ factor, trained }) => {
  const view = viewOf(12, 9, factor);
  expect(suitedTarget(view, chosen(trained))).toBe(view);
});

it('a target much sharper than the model knows is reduced to its factor, once', () => {
  const view = viewOf(40, 30, 5);
  const suited = suitedTarget(view, chosen(8));
  expect(suited.whole).toEqual({ width: 25, height: 19 });
  expect(suited.factor).toEqual({ x: 8, y: 150 / 19 });
  expect(suited.raster.data).toEqual(reduceBicubic(view.raster, suited.whole).data);
  expect(suitedTarget(view, chosen(8)).raster).toBe(suited.raster);
  expect(suited.valueRange).toBe(view.valueRange);
});

it('picked pixels are picked again: the last of every block', () => {
  const view = viewOf(8, 4, 4);
  const { raster } = suitedTarget(view, chosen(8, 'nearest'));
  expect([...raster.data]).toEqual([9, 11, 13, 15, 25, 27, 29, 31]);
});

it('a part of such a target is refused: tiles would differ', () => {
  const view = { ...viewOf(40, 30, 5), whole: { width: 80, height: 30 } };
  expect(() => suitedTarget(view, chosen(8))).toThrow(RangeError);
});
