import type { Range, Size } from '../../contract/geometry';
import type { ElementType, OwnNetwork } from '../../contract/ownNetworks';
import { ProviderFailure } from '../providers/provider';
import type { OpenWholeModel, ValueInfo, WholeModel } from '../providers/wholeModel';
import { readModelFile } from './modelFile';
import { fromPlanes } from './planes';
import { unsuited } from './problems';
import {
  inputReadings,
  isElementType,
  multiples,
  outputReading,
  type Reading,
  shapeOf,
  shapeText,
  trialSize,
} from './signature';

/**
 * What a model file is: read, loaded and run on small pictures of several sizes. It is somebody else's file, so this belongs
 * into a process of its own.
 * @throws SidelightError own-model-unsuited, file-not-found, file-not-readable
 */
export async function inspectModel(path: string, open: OpenWholeModel): Promise<OwnNetwork> {
  const { name, bytes, fingerprint } = await readModelFile(path);
  const model = await open(bytes).catch((cause: unknown) => {
    throw unsuited(name, `it cannot be loaded. ${wordsOf(cause)}`, undefined, cause);
  });
  const input = onlyInput(model, name);
  const attempts = inputReadings(input.shape).flatMap(attemptsOf);
  if (attempts.length === 0) throw unsuited(name, noPicture(input));
  let first: string | null = null;
  for (const attempt of attempts) {
    const outcome = await run(model, input, attempt);
    if (typeof outcome !== 'string') return { fingerprint, name, bytes: bytes.length, ...outcome };
    first ??= outcome;
  }
  throw unsuited(name, first ?? noPicture(input));
}

type Input = ValueInfo & { readonly type: ElementType };

function onlyInput({ inputs }: WholeModel, name: string): Input {
  const [input] = inputs;
  if (!input || inputs.length > 1) {
    const names = inputs.map((one) => `“${one.name}”`).join(', ');
    throw unsuited(name, input ? `it has ${inputs.length} inputs (${names}), not one.` : 'it has no input.');
  }
  const { type } = input;
  if (!isElementType(type))
    throw unsuited(
      name,
      `its input “${input.name}” takes ${type ?? 'no tensor'}, not a picture of float32, float16 or uint8.`,
    );
  if (input.shape.length === 0)
    throw unsuited(
      name,
      `its input “${input.name}” does not say how many sides it has.`,
      'Export it again with an input of a known number of sides, such as 1 × 3 × height × width.',
    );
  return { ...input, type };
}

interface Attempt extends Reading {
  readonly multiple: number;
  readonly tried: Size;
}

const attemptsOf = (reading: Reading): Attempt[] =>
  reading.size
    ? [{ ...reading, multiple: 1, tried: reading.size }]
    : multiples.map((multiple) => ({ ...reading, multiple, tried: trialSize(multiple) }));

type Signature = Pick<OwnNetwork, 'input' | 'output' | 'otherOutputs'>;

/** One run. A sentence says why it is not what is looked for. */
async function run(model: WholeModel, input: Input, attempt: Attempt): Promise<Signature | string> {
  const { layout, channels, size, multiple, tried } = attempt;
  const data = fromPlanes(trialPicture(channels, tried, input.type), channels, layout);
  const tensor = { dims: shapeOf(layout, channels, tried), data };
  const reasons: string[] = [];
  for (const { name, type } of model.outputs) {
    if (!isElementType(type)) {
      reasons.push(
        `its output “${name}” gives ${type ?? 'no tensor'}: scores before an “argmax” can be used.`,
      );
      continue;
    }
    try {
      const given = await model.run(input.name, input.type, tensor, name);
      const reading = outputReading(given.dims, layout, tried);
      const range = rangeOf(given.data);
      if (reading && range) {
        return {
          input: { name: input.name, layout, type: input.type, channels, size, multiple },
          output: { name, type, ...reading, range },
          otherOutputs: model.outputs.map((other) => other.name).filter((other) => other !== name),
        };
      }
      const shape = given.dims.join(' × ') || 'one number';
      reasons.push(
        reading
          ? `its output “${name}” holds values that are not numbers.`
          : `given ${tried.width} × ${tried.height} pixels, its output “${name}” has the shape ${shape}: not a picture of the same shape, whole or reduced.`,
      );
    } catch (thrown) {
      if (!(thrown instanceof ProviderFailure)) throw thrown;
      return `it fails when it is run on ${tried.width} × ${tried.height} pixels. ${wordsOf(thrown)}`;
    }
  }
  return reasons[0] ?? 'it has no output.';
}

const noPicture = (input: Input) =>
  `its input “${input.name}” (${shapeText(input)}) is not a picture of one or three channels.`;

/** The first sentence of the runtime's own words: what follows names places in its source. */
function wordsOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const [sentence = ''] = text.split(/\.\s|\n/);
  return `ONNX Runtime says “${sentence.length > 200 ? `${sentence.slice(0, 200)} …` : sentence}”.`;
}

/** Null when a value is not finite. */
function rangeOf(values: Float32Array): Range | null {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) return null;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { min, max };
}

/** An edge, a slope and texture, within 0…1 (0…255 for whole numbers); the same on every computer. */
function trialPicture(channels: number, { width, height }: Size, type: ElementType): Float32Array {
  const scale = type === 'uint8' ? 255 : 1;
  return Float32Array.from({ length: channels * width * height }, (_, i) => {
    const channel = Math.floor(i / (width * height));
    const x = i % width;
    const y = Math.floor((i % (width * height)) / width);
    const edge = x + 2 * y > 1.4 * width ? 0.5 : 0.1;
    const slope = (0.1 * (channel + 1) * y) / height;
    return scale * (edge + slope + 0.08 * (1 + Math.sin(0.7 * x + channel) * Math.cos(0.4 * y)));
  });
}
