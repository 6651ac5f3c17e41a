import type { Tensor } from 'onnxruntime-node';
import { floatToHalf, halfToFloat } from '../../codecs/half';
import type { ElementType } from '../../contract/ownNetworks';
import { ProviderFailure } from './provider';
import { asFailure, asMissing, loadRuntime, sessionOptions } from './runtime';

/** What a model says about one of its inputs or outputs. */
export interface ValueInfo {
  readonly name: string;
  /** ONNX Runtime's name of its element type; null for what is no tensor. */
  readonly type: string | null;
  /** Sides; a name where any size goes. Empty: a single number, or any rank at all. */
  readonly shape: readonly (number | string)[];
}

/** Values as float32, whatever type the model has for them. */
interface ModelTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** A model as its file has it: nothing is known of it but what it says. On the processor. */
export interface WholeModel {
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** @throws ProviderFailure, also for an output of a type that is none of ours */
  run(input: string, type: ElementType, tensor: ModelTensor, output: string): Promise<ModelTensor>;
  release(): Promise<void>;
}

/** @throws ProviderFailure */
export type OpenWholeModel = (bytes: Uint8Array) => Promise<WholeModel>;

export const openWholeModel: OpenWholeModel = async (bytes) => {
  const { InferenceSession, Tensor: RuntimeTensor } = await loadRuntime().catch(asMissing);
  // A GPU may compute a network wrongly without a word, as WebGPU does convolutions of six channels (ONNX Runtime 1.30): of
  // the networks that are installed it is known which are right there, of this one nothing is.
  // What goes wrong is thrown; in the log it would only frighten: models are tried at sizes that they may refuse.
  const options = { ...sessionOptions('cpu'), logSeverityLevel: 4 } as const;
  const session = await InferenceSession.create(bytes, options).catch(asFailure);
  return {
    inputs: session.inputMetadata.map(valueInfo),
    outputs: session.outputMetadata.map(valueInfo),
    async run(input, type, { dims, data }, output) {
      const fed = new RuntimeTensor(type, elements(type, data), [...dims]);
      const results = await session.run({ [input]: fed }, [output]).catch(asFailure);
      const given = results[output] as Tensor | undefined;
      if (!given) throw new ProviderFailure('device', `It did not give its output “${output}”.`);
      return { dims: given.dims, data: floats(given) };
    },
    release: () => session.release(),
  };
};

const valueInfo = (value: {
  name: string;
  isTensor: boolean;
  type?: string;
  shape?: ValueInfo['shape'];
}) => ({
  name: value.name,
  type: value.isTensor ? (value.type ?? null) : null,
  shape: value.shape ?? [],
});

function elements(type: ElementType, values: Float32Array): Float32Array | Uint16Array | Uint8Array {
  if (type === 'float32') return values;
  if (type === 'float16') return floatToHalf(values);
  return Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round(value))));
}

function floats({ type, data }: Tensor): Float32Array {
  if (data instanceof Float32Array) return data;
  if (data instanceof Uint8Array) return Float32Array.from(data);
  // Where JavaScript has halves of its own the runtime gives those; the bits are the same.
  if (type === 'float16' && ArrayBuffer.isView(data))
    return halfToFloat(new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2));
  throw new ProviderFailure('device', `It gives values of the type ${type}.`);
}
