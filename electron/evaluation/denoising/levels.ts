import { channelOf, createRaster, type Raster } from '../../raster/raster';

/** Side of the blocks whose means are compared, in pixels: noise and shifts by a few pixels vanish in them. */
const blockSide = 16;

/**
 * A reference at the levels of another exposure of the same scene: each channel through the parabola that fits the means
 * of the target's blocks to those of the reference's best, in the sense of least squares. The reference is the one that
 * is mapped because it is free of noise: a fit the other way round would be flattened by the target's.
 * @param reference @param target of the same size and channels
 */
export function atLevelsOf(target: Raster, reference: Raster): Raster {
  const data = new Float32Array(reference.data.length);
  const { min, max } = reference.fullScale;
  for (let channel = 0; channel < reference.channels; channel += 1) {
    const plane = channelOf(reference, channel);
    const unit = (value: number) => (value - min) / (max - min);
    const from = blockMeans(reference, channel).map(unit);
    const [constant, slope, bend] = fitParabola(from, blockMeans(target, channel));
    data.set(
      plane.map((value) => constant + slope * unit(value) + bend * unit(value) ** 2),
      channel * plane.length,
    );
  }
  return createRaster({ ...reference, data, fullScale: target.fullScale });
}

/** Of whole blocks only. */
function blockMeans(raster: Raster, channel: number): number[] {
  const plane = channelOf(raster, channel);
  const means: number[] = [];
  for (let top = 0; top + blockSide <= raster.height; top += blockSide) {
    for (let left = 0; left + blockSide <= raster.width; left += blockSide) {
      let sum = 0;
      for (let y = top; y < top + blockSide; y += 1)
        for (let x = left; x < left + blockSide; x += 1) sum += plane[y * raster.width + x]!;
      means.push(sum / blockSide ** 2);
    }
  }
  return means;
}

/** Least squares by the normal equations. @param x within about 0…1 @returns constant, linear and square coefficient */
export function fitParabola(x: readonly number[], y: readonly number[]): [number, number, number] {
  const moment = (power: number) => x.reduce((sum, value) => sum + value ** power, 0);
  const product = (power: number) => x.reduce((sum, value, i) => sum + value ** power * y[i]!, 0);
  const [m0, m1, m2, m3, m4] = [x.length, moment(1), moment(2), moment(3), moment(4)] as const;
  const [p0, p1, p2] = [product(0), product(1), product(2)] as const;
  const determinant = (a: number[], b: number[], c: number[]) =>
    a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) -
    b[0]! * (a[1]! * c[2]! - a[2]! * c[1]!) +
    c[0]! * (a[1]! * b[2]! - a[2]! * b[1]!);
  const [u, v, w, p] = [
    [m0, m1, m2],
    [m1, m2, m3],
    [m2, m3, m4],
    [p0, p1, p2],
  ] as const;
  const all = determinant([...u], [...v], [...w]);
  return [
    determinant([...p], [...v], [...w]) / all,
    determinant([...u], [...p], [...w]) / all,
    determinant([...u], [...v], [...p]) / all,
  ];
}
