import type { NetworkRunner, NetworkTensor } from '../filter';
import type { DagfModel } from '../networkModel';

/** A model of three outputs that see three of their own pixels. */
export const dagfModelOf = (factor: number, degradation = 'bicubic'): DagfModel => ({
  network: 'dagf',
  id: `dagf-x${factor}-${degradation}`,
  title: `DAGF ×${factor}`,
  factors: [factor],
  degradation,
  seesNoisy: false,
  guidanceDetail: 1,
  variant: 'standard',
  channels: 32,
  sizeMultiple: 8,
  outputs: [
    { id: 'I_2', scale: 1, reach: 3 },
    { id: 'I_1', scale: 0.5, reach: 6 },
    { id: 'I_0', scale: 0.25, reach: 12 },
  ],
});

/** What a network was run on. */
type Run = { model: string; output: string; inputs: Readonly<Record<string, NetworkTensor>> };

/**
 * A known local operation in place of a network, with zeros outside the picture as convolutions have: per coarse pixel
 * the mean over a window of 7 coarse pixels of target + green, and of half the noisy target where it is told that, at the output's scale.
 * Of a guidance that is finer than the target it sees the mean over each of the target's pixels.
 */
export class WindowMean implements NetworkRunner {
  readonly runs: Run[] = [];

  constructor(private readonly available: readonly DagfModel[] = [dagfModelOf(8)]) {}

  models(network: string): readonly DagfModel[] {
    return network === 'dagf' ? this.available : [];
  }

  run(
    modelId: string,
    outputId: string,
    inputs: Readonly<Record<string, NetworkTensor>>,
  ): Promise<NetworkTensor> {
    this.runs.push({ model: modelId, output: outputId, inputs });
    const { target, guidance, noisy } = inputs as Record<'target' | 'guidance', NetworkTensor> & {
      noisy?: NetworkTensor;
    };
    const block = 1 / this.available[0]!.outputs.find(({ id }) => id === outputId)!.scale;
    const [width, height] = [target.width / block, target.height / block];
    const pixels = target.width * target.height;
    const green = greenUnder(target, guidance);
    const means = new Float64Array(width * height);
    for (let i = 0; i < pixels; i += 1) {
      const cell =
        Math.floor(Math.floor(i / target.width) / block) * width + Math.floor((i % target.width) / block);
      means[cell]! += (target.data[i]! + green[i]! + 0.5 * (noisy?.data[i] ?? 0)) / block ** 2;
    }
    const data = Float32Array.from({ length: width * height }, (_, i) => {
      let sum = 0;
      for (let dy = -3; dy <= 3; dy += 1) {
        for (let dx = -3; dx <= 3; dx += 1) {
          const x = (i % width) + dx;
          const y = Math.floor(i / width) + dy;
          if (x >= 0 && x < width && y >= 0 && y < height) sum += means[y * width + x]!;
        }
      }
      return sum / 49;
    });
    return Promise.resolve({ data, channels: 1, width, height });
  }
}

/** The guidance's green on the target's grid. */
function greenUnder(target: NetworkTensor, guidance: NetworkTensor): Float32Array {
  const green = guidance.data.subarray(
    guidance.width * guidance.height,
    2 * guidance.width * guidance.height,
  );
  const detail = guidance.width / target.width;
  if (detail === 1) return green;
  const means = new Float32Array(target.width * target.height);
  for (let i = 0; i < green.length; i += 1) {
    const row = Math.floor(Math.floor(i / guidance.width) / detail);
    means[row * target.width + Math.floor((i % guidance.width) / detail)]! += green[i]! / detail ** 2;
  }
  return means;
}

/** Gives the target back: what is left is what the filter does around the network. */
export class Identity extends WindowMean {
  override run(modelId: string, outputId: string, inputs: Readonly<Record<string, NetworkTensor>>) {
    this.runs.push({ model: modelId, output: outputId, inputs });
    return Promise.resolve(inputs.target!);
  }
}
