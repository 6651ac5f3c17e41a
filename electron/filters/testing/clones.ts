import type { Raster } from '../../raster/raster';
import { OverviewReduction, overviewSpec } from '../../raster/reduceOverview';
import type { FilterRuntime, NetworkTensor } from '../filter';
import type { DgfModel } from '../networkModel';

/** A clone of L0 smoothing that is told no more than its conditions. */
export const cloneModel = (
  variant: DgfModel['variant'],
  side: number | null,
  conditions: DgfModel['conditions'] = [],
): DgfModel => ({
  network: 'dgf',
  id: `l0-${variant}-${side}`,
  title: `L0 ${variant} ${side}`,
  operator: 'l0-smoothing',
  variant,
  side,
  conditions,
  texture: false,
  draft: null,
  overview: null,
  outputs: [{ id: 'result', reach: side === null ? 33 : 0 }],
});

/**
 * In place of the graphs: A is half the small picture, b the draft, or else the small picture; the rest as the paper says
 * (equation 2).
 */
export function exactLayer(models = [cloneModel('c', 64)]) {
  const runs: string[] = [];
  const told: (number[] | null)[] = [];
  const textures: (NetworkTensor | null)[] = [];
  /** What the network of the small copy was given, every time. */
  const small: Readonly<Record<string, NetworkTensor>>[] = [];
  const at = ({ data, width, height }: NetworkTensor, channel: number, y: number, x: number) =>
    data[(channel * height + y) * width + x]!;
  const run = async (_: string, output: string, inputs: Readonly<Record<string, NetworkTensor>>) => {
    runs.push(output);
    const { picture, coefficients, rows, columns, condition, texture, draft } = inputs as Record<
      string,
      NetworkTensor
    >;
    told.push(condition ? Array.from(condition.data) : null);
    textures.push(texture ?? null);
    if (!picture) throw new Error('There is no picture.');
    if (output === 'coefficients') {
      small.push(inputs);
      const halves = picture.data.map((value) => value / 2);
      return { ...picture, channels: 6, data: Float32Array.from([...halves, ...(draft ?? picture).data]) };
    }
    const data = new Float32Array(picture.data.length);
    for (let c = 0; c < 3; c += 1)
      for (let y = 0; y < picture.height; y += 1)
        for (let x = 0; x < picture.width; x += 1) {
          const enlarged = (channel: number) => {
            let sum = 0;
            for (let r = 0; r < rows!.width; r += 1) {
              const share = at(rows!, 0, y, r);
              // Of all rows two are not nothing.
              if (share === 0) continue;
              for (let q = 0; q < columns!.height; q += 1)
                sum += share * at(columns!, 0, q, x) * at(coefficients!, channel, r, q);
            }
            return sum;
          };
          data[(c * picture.height + y) * picture.width + x] = !coefficients
            ? at(picture, c, y, x)
            : enlarged(c) * at(picture, c, y, x) + enlarged(3 + c);
        }
    return { ...picture, data };
  };
  const runtime: FilterRuntime = {
    networks: { models: (network) => (network === 'dgf' ? models : []), run },
    signal: new AbortController().signal,
  };
  return { runtime, runs, told, textures, small };
}

/** The overview that the engine would give, and its texture. */
export function reducedOf(raster: Raster, shortSide: number) {
  const spec = overviewSpec(raster, { shortSide, texture: true });
  const reduction = new OverviewReduction(raster, spec, raster.channels);
  reduction.add(raster);
  return reduction.finish(raster);
}
export const overviewOf = (raster: Raster, shortSide: number) => reducedOf(raster, shortSide).picture;
