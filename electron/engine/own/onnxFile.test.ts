import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOnnxFile } from './onnxFile';

const folder = new URL('./fixtures/', import.meta.url);
const bytesOf = (name: string) => readFileSync(new URL(name, folder));
const all = readdirSync(folder).filter((name) => name.endsWith('.onnx'));

describe('what is read of an ONNX file', () => {
  it.each(all)('%s is a model, and says whether it needs other files', (name) => {
    expect(readOnnxFile(bytesOf(name))).toEqual({
      isModel: true,
      refersToFiles: name === 'bad-weights-elsewhere.onnx',
    });
  });

  it('finds weights in other files deep inside', () => {
    const outside = bytesOf('bad-weights-elsewhere.onnx');
    const graph = fieldOf(outside, 7);
    const attribute = message(6, graph);
    const inNode = message(7, message(1, message(5, attribute)));
    expect(readOnnxFile(inNode)).toEqual({ isModel: true, refersToFiles: true });
    const inFunction = Buffer.concat([
      message(7, Buffer.alloc(0)),
      message(25, message(7, message(5, attribute))),
    ]);
    expect(readOnnxFile(inFunction)).toEqual({ isModel: true, refersToFiles: true });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('This is a letter, not a network.')],
    ['a picture', readFileSync(new URL('../../codecs/fixtures/u8.png', import.meta.url))],
    ['half a model', bytesOf('warmer.onnx').subarray(0, 100)],
  ])('takes %s for no model', (_, bytes) => {
    expect(readOnnxFile(bytes)).toEqual({ isModel: false, refersToFiles: false });
  });

  it('answers for graphs within graphs without end', () => {
    let graph: Buffer = Buffer.alloc(0);
    for (let depth = 0; depth < 400; depth += 1) graph = message(1, message(5, message(6, graph)));
    expect(readOnnxFile(message(7, graph)).isModel).toBe(false);
  });

  it('answers whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(typeof readOnnxFile(bytes).isModel).toBe('boolean');
      }),
    );
  });
});

/** A message with one field that has a length. */
function message(number: number, content: Uint8Array): Buffer {
  const length: number[] = [];
  let rest = content.length;
  for (; rest > 127; rest = Math.floor(rest / 128)) length.push((rest % 128) + 128);
  const tag = number * 8 + 2;
  const tagBytes = tag < 128 ? [tag] : [(tag % 128) + 128, Math.floor(tag / 128)];
  return Buffer.concat([Buffer.from([...tagBytes, ...length, rest]), content]);
}

/** The content of the last field of a file that the fixtures' writer puts `number` at: version, graph, operators. */
function fieldOf(model: Buffer, number: number): Buffer {
  const start = model.indexOf(number * 8 + 2, 2);
  const [low, high] = [model[start + 1]!, model[start + 2]!];
  const [length, header] = low < 128 ? [low, 2] : [(low & 127) + high * 128, 3];
  return model.subarray(start + header, start + header + length);
}
