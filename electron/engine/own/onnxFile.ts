/**
 * The little of an ONNX file that is looked at before a runtime is given it. Its format is Protocol Buffers: fields, each a
 * number and a value; only the fields named here are followed, all others are stepped over.
 */

type Message = 'model' | 'graph' | 'node' | 'attribute' | 'function' | 'sparseTensor' | 'tensor';

/** Field numbers of messages inside messages, from onnx.proto3: every way there is from a model to a tensor. */
const inside: Readonly<Record<Message, Readonly<Record<number, Message>>>> = {
  model: { 7: 'graph', 25: 'function' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparseTensor' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparseTensor', 23: 'sparseTensor' },
  function: { 7: 'node' },
  sparseTensor: { 1: 'tensor', 2: 'tensor' },
  tensor: {},
};

/** TensorProto.data_location, and its value for “in another file”. */
const locationField = 14;
const external = 1;
/** ModelProto.graph. */
const graphField = 7;
/** Graphs lie in graphs, but not as deep as this. */
const deepest = 64;

export interface OnnxFileFacts {
  /** Whether it is made of fields throughout and has a graph. */
  readonly isModel: boolean;
  /** Whether some of its numbers lie in other files, which a runtime would read. */
  readonly refersToFiles: boolean;
}

export function readOnnxFile(bytes: Uint8Array): OnnxFileFacts {
  try {
    const hasGraph = [...fieldsOf(bytes)].some(({ number, content }) => number === graphField && content);
    return { isModel: hasGraph, refersToFiles: hasGraph && refersToFiles(bytes, 'model', 0) };
  } catch (thrown) {
    if (thrown instanceof RangeError) return { isModel: false, refersToFiles: false };
    throw thrown;
  }
}

function refersToFiles(bytes: Uint8Array, message: Message, depth: number): boolean {
  if (depth > deepest) throw new RangeError('Graphs within graphs without end.');
  for (const { number, content, value } of fieldsOf(bytes)) {
    if (message === 'tensor' && number === locationField && value === external) return true;
    const next = inside[message][number];
    if (next && content && refersToFiles(content, next, depth + 1)) return true;
  }
  return false;
}

interface Field {
  readonly number: number;
  /** Of a field with a length. */
  readonly content: Uint8Array | null;
  /** Of a field with a whole number. */
  readonly value: number | null;
}

/** The fields of one message, in order. @throws RangeError when the bytes are no message */
function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const number = (): number => {
    let [result, scale] = [0, 1];
    for (let length = 0; length < 10; length += 1) {
      const byte = bytes[at];
      if (byte === undefined) break;
      at += 1;
      result += (byte & 0x7f) * scale;
      if (byte < 0x80) return result;
      scale *= 128;
    }
    throw new RangeError('A number without an end.');
  };
  const skip = (length: number): Uint8Array => {
    const start = at;
    at += length;
    if (at > bytes.length) throw new RangeError('A field reaches beyond the end.');
    return bytes.subarray(start, at);
  };
  while (at < bytes.length) {
    const tag = number();
    const field = Math.floor(tag / 8);
    if (field < 1) throw new RangeError('There is no field 0.');
    switch (tag % 8) {
      case 0:
        yield { number: field, content: null, value: number() };
        break;
      case 1:
        skip(8);
        break;
      case 2:
        yield { number: field, content: skip(number()), value: null };
        break;
      case 5:
        skip(4);
        break;
      default:
        throw new RangeError('There is no such kind of field.');
    }
  }
}
