import type { FilterDescription, ParameterValues } from '../contract/filters';
import { padByReflection, paddedSize } from '../raster/pad';
import { channelOf, createRaster, type Raster } from '../raster/raster';
import { upsampleBicubic } from '../raster/upsample';
import { upsampleBilinear } from '../raster/upsampleBilinear';
import { chooseModel, geometricFactor } from './dagfModel';
import { isReduced, leastFactor, suitedTarget } from './dagfTarget';
import type {
  Filter,
  FilterContext,
  FilterInput,
  FilterRuntime,
  NetworkTensor,
  NoticeContext,
} from './filter';
import { choiceValue } from './values';

const description: FilterDescription = {
  id: 'dagf',
  title: 'DAGF',
  summary:
    'Sharpens a depth map or any other small target along the edges of a photo, with a trained network: the deep attentional guided image filter.',
  guidance: 'required',
  leastFactor,
  parameters: [
    {
      kind: 'choice',
      name: 'quality',
      title: 'Quality',
      summary: 'How finely the network computes. Coarser outputs are faster and softer.',
      options: [
        {
          value: 'I_0',
          title: 'Draft',
          summary: 'At a quarter of the size, enlarged: fastest, edges stay soft.',
        },
        { value: 'I_1', title: 'Balanced', summary: 'At half the size, enlarged.' },
        { value: 'I_2', title: 'Best', summary: 'At full size.' },
      ],
      default: 'I_2',
    },
    {
      kind: 'choice',
      name: 'degradation',
      title: 'How the target became small',
      summary: 'The network was trained for one kind of small target at a time.',
      options: [
        {
          value: 'bicubic',
          title: 'Smoothly reduced',
          summary: 'Pixels are averages of what they cover, as of scaled pictures and most sensors.',
        },
        {
          value: 'nearest',
          title: 'Pixels picked',
          summary: 'Every n-th pixel was kept (the last of each block), as in the protocol of the papers.',
        },
      ],
      default: 'bicubic',
    },
  ],
  paper:
    'Z. Zhong, X. Liu, J. Jiang, D. Zhao, X. Ji, Deep Attentional Guided Image Filtering, IEEE TNNLS 2023',
  secondsPerMegapixel: 2,
};

/** The network's peak per result pixel, measured with ONNX Runtime on the CPU: 1.2–1.5 kB from 384² to 640² tiles. */
const bytesPerPixel = 1600;

/** The two results a result pixel is interpolated from lie at most this many coarse pixels away. */
const bilinearReach = 1;

function chosen(parameters: ParameterValues, context: FilterContext) {
  return chooseModel(
    context.models('dagf'),
    choiceValue(parameters, 'degradation'),
    choiceValue(parameters, 'quality'),
    context.factor,
  );
}

/**
 * The models were trained on clean targets. Ratio of RMSE to bicubic on three validation scenes by noise of the target, in
 * shares of its range: none 0.35–0.72, 0.8 % 0.44–0.80, 1.2 % 0.49–0.93, 2 % 0.65–1.21.
 */
const disturbingNoise = 0.014;

function notices(parameters: ParameterValues, context: NoticeContext): string[] {
  const { model } = chosen(parameters, context);
  const factor = geometricFactor(context.factor);
  const sentences = [`DAGF uses its model “${model.title}”.`];
  if (factor < leastFactor) {
    sentences.push(
      `The target is enlarged only ×${rounded(factor)}: DAGF is made for targets at least ×2 smaller than the guidance, and may do more harm than good here.`,
    );
  } else if (isReduced(model, context.factor)) {
    sentences.push(
      `The target is enlarged ×${rounded(factor)}: it is reduced to the ×${model.factor} that the model was trained for first.`,
    );
  } else if (factor / model.factor > 1.5) {
    sentences.push(
      `The target is enlarged ×${rounded(factor)}, but the largest model was trained for ×${model.factor}: expect a weaker result.`,
    );
  }
  if (context.targetNoise > disturbingNoise) {
    sentences.push(
      `The target looks noisy (about ${(100 * context.targetNoise).toFixed(1)} % of its range): DAGF was trained on clean targets and may sharpen the noise. Compare with the joint bilateral filter.`,
    );
  }
  return sentences;
}

const rounded = (factor: number) => Number(factor.toFixed(1));

async function apply(
  input: FilterInput,
  parameters: ParameterValues,
  runtime: FilterRuntime,
): Promise<Raster> {
  const { factor, valueRange } = input.target;
  const { model, output } = chosen(parameters, {
    factor,
    models: (network) => runtime.networks.models(network),
  });
  if (!input.guidance) throw new TypeError('DAGF was called without guidance.');
  const upsampled = upsampleBicubic(suitedTarget(input.target, model), input.region);
  const extent = valueRange.max - valueRange.min;
  if (!(extent > 0)) return createRaster({ ...upsampled, data: upsampled.data.map(() => valueRange.min) });

  const size = { width: upsampled.width, height: upsampled.height };
  const padded = paddedSize(size, model.sizeMultiple);
  const guidance = guidanceTensor(input.guidance, padded);
  const data = new Float32Array(upsampled.data.length);
  for (let channel = 0; channel < upsampled.channels; channel += 1) {
    runtime.signal.throwIfAborted();
    const normalised = channelOf(upsampled, channel).map((value) => (value - valueRange.min) / extent);
    const target = tensor(1, padded);
    padByReflection(normalised, size, padded, target.data);
    const result = await runtime.networks.run(model.id, output.id, { target, guidance });
    const full = upsampleBilinear(result.data, result, Math.round(1 / output.scale));
    const plane = data.subarray(channel * size.width * size.height);
    for (let y = 0; y < size.height; y += 1) {
      for (let x = 0; x < size.width; x += 1) {
        plane[y * size.width + x] = full[y * padded.width + x]! * extent + valueRange.min;
      }
    }
  }
  return createRaster({ ...upsampled, data });
}

/** Three planes, a grey guidance tripled, continued by reflection to the padded size. */
function guidanceTensor(guidance: Raster, padded: { width: number; height: number }): NetworkTensor {
  const result = tensor(3, padded);
  const pixels = padded.width * padded.height;
  for (let channel = 0; channel < 3; channel += 1) {
    const plane = channelOf(guidance, guidance.channels === 1 ? 0 : channel);
    padByReflection(plane, guidance, padded, result.data.subarray(channel * pixels, (channel + 1) * pixels));
  }
  return result;
}

const tensor = (channels: number, size: { width: number; height: number }): NetworkTensor => ({
  data: new Float32Array(channels * size.width * size.height),
  channels,
  width: size.width,
  height: size.height,
});

/**
 * DAGF: the network for the picture's own factor, on a target scaled to 0…1 by the range of all of it and enlarged
 * bicubically. Target channels are filtered one by one.
 */
export const dagf: Filter = {
  description,
  tileNeeds(parameters, context) {
    const { model, output } = chosen(parameters, context);
    const interpolation = output.scale < 1 ? Math.ceil(bilinearReach / output.scale) : 0;
    return { reach: output.reach + interpolation, multiple: model.sizeMultiple, bytesPerPixel };
  },
  notices,
  apply,
};
