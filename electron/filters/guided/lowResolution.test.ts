import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelOf, type Raster } from '../../raster/raster';
import { edgedNoise, largestDifference, tileFrom } from '../testing/filterInputs';
import { applyLowResolutionModel, lowResolutionModel } from './lowResolution';

const planesOf = (raster: Raster) => Array.from({ length: raster.channels }, (_, i) => channelOf(raster, i));
const wholeOf = ({ width, height }: Raster) => ({ x: 0, y: 0, width, height });

function modelOf(guidance: Raster, target: Float32Array, radius: number, epsilon: number) {
  const { width, height, data, channels } = guidance;
  return lowResolutionModel({
    width,
    height,
    guidance: data,
    guidanceChannels: channels,
    target,
    radius,
    epsilon,
  });
}

function applied(model: ReturnType<typeof modelOf>, guidance: Raster, region = wholeOf(guidance)) {
  const planes = planesOf(guidance).map((plane) =>
    Float32Array.from({ length: region.width * region.height }, (_, i) => {
      const x = region.x + (i % region.width);
      return plane[(region.y + Math.floor(i / region.width)) * guidance.width + x]!;
    }),
  );
  const out = new Float32Array(region.width * region.height);
  applyLowResolutionModel(model, planes, region, guidance, out);
  return out;
}

/** Wu et al., section III, as written: windows clipped at the border, slopes and intercepts averaged, both interpolated. */
function reference(small: Raster, target: Float32Array, full: Raster, radius: number, epsilon: number) {
  const { width, height } = small;
  const [guidance] = planesOf(small) as [Float32Array];
  const around = (x: number, y: number) => {
    const found: number[] = [];
    for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v += 1)
      for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u += 1)
        found.push(v * width + u);
    return found;
  };
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const places = Array.from({ length: width * height }, (_, i) => around(i % width, Math.floor(i / width)));
  const fits = places.map((window) => {
    const [i, p] = [mean(window.map((at) => guidance[at]!)), mean(window.map((at) => target[at]!))];
    const covariance = mean(window.map((at) => guidance[at]! * target[at]!)) - i * p;
    const a = covariance / (mean(window.map((at) => guidance[at]! ** 2)) - i * i + epsilon);
    return { a, b: p - a * i };
  });
  const means = places.map((window) => ({
    a: mean(window.map((at) => fits[at]!.a)),
    b: mean(window.map((at) => fits[at]!.b)),
  }));
  return Float32Array.from(channelOf(full, 0), (value, i) => {
    const u = Math.min(width - 1, Math.max(0, (((i % full.width) + 0.5) * width) / full.width - 0.5));
    const v = Math.min(
      height - 1,
      Math.max(0, ((Math.floor(i / full.width) + 0.5) * height) / full.height - 0.5),
    );
    const [x, y] = [Math.floor(u), Math.floor(v)];
    let sum = 0;
    for (const [dx, dy] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const weight = (dx ? u - x : 1 - u + x) * (dy ? v - y : 1 - v + y);
      const near = means[Math.min(height - 1, y + dy) * width + Math.min(width - 1, x + dx)]!;
      sum += weight * (near.a * value + near.b);
    }
    return sum;
  });
}

describe('the guided filtering layer', () => {
  it.each([1, 2, 4])('is what the paper writes, radius %d', (radius) => {
    const small = edgedNoise(13, 9, 1, 1);
    const full = edgedNoise(57, 41, 1, 2);
    const target = edgedNoise(13, 9, 1, 3).data;
    const expected = reference(small, target, full, radius, 1e-3);
    const out = applied(modelOf(small, target, radius, 1e-3), full);
    expect(largestDifference(out, expected)).toBeLessThan(2e-5);
  });

  it.each([1, 3] as const)('gives a target that is linear in %d channels back at full size', (channels) => {
    const small = edgedNoise(24, 16, channels, 4);
    const full = edgedNoise(96, 64, channels, 5);
    const weights = [0.7, -0.4, 0.3].slice(0, channels);
    const linear = (raster: Raster) =>
      channelOf(raster, 0).map((_, i) =>
        weights.reduce((sum, weight, channel) => sum + weight * channelOf(raster, channel)[i]!, 0.1),
      );
    const out = applied(modelOf(small, linear(small), 2, 1e-9), full);
    expect(largestDifference(out, linear(full))).toBeLessThan(1e-4);
  });

  it('gives the same in any region as in the whole', () => {
    const full = edgedNoise(50, 37, 3, 6);
    const model = modelOf(edgedNoise(11, 8, 3, 7), edgedNoise(11, 8, 1, 8).data, 1, 1e-2);
    const whole = applied(model, full);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(1000)), (numbers) => {
        const region = tileFrom((limit) => numbers.next().value % limit, full);
        const part = applied(model, full, region);
        const cut = Float32Array.from(part, (_, i) => {
          const y = region.y + Math.floor(i / region.width);
          return whole[y * full.width + region.x + (i % region.width)]!;
        });
        expect(part).toEqual(cut);
      }),
      { numRuns: 30 },
    );
  });
});
