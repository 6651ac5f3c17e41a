import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWholeModel } from '../providers/wholeModel';
import { type Folder, temporaryFolder } from '../testing/files';
import { inspectModel } from './inspectModel';
import { multiples, trialSize } from './signature';

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}.onnx`, import.meta.url));
const inspected = (path: string) => inspectModel(path, openWholeModel);

describe('a model that fits', () => {
  it.each([
    [
      'warmer',
      { layout: 'NCHW', type: 'float32', channels: 3, size: null, multiple: 1 },
      { layout: 'NCHW', channels: 3, reduction: 1 },
    ],
    [
      'depth',
      { layout: 'NHWC', type: 'float32', channels: 3, size: { width: 64, height: 48 }, multiple: 1 },
      { layout: 'NHWC', channels: 1, reduction: 1 },
    ],
    [
      'classes',
      { layout: 'NCHW', type: 'float32', channels: 3, size: null, multiple: 8 },
      { layout: 'NCHW', channels: 4, reduction: 1, name: 'probabilities' },
    ],
    [
      'bytes-to-map',
      { layout: 'HWC', type: 'uint8', channels: 3, size: null, multiple: 1 },
      { layout: 'HW', type: 'float32', channels: 1, reduction: 1 },
    ],
    [
      'halves',
      { layout: 'NCHW', type: 'float16', channels: 3, size: null, multiple: 1 },
      { layout: 'NCHW', type: 'float16', channels: 3, reduction: 1 },
    ],
    [
      'quarter',
      { layout: 'NCHW', type: 'float32', channels: 3, size: null, multiple: 4 },
      { layout: 'NCHW', channels: 1, reduction: 4 },
    ],
  ])('%s is understood from its shapes and a trial', async (name, input, output) => {
    const network = await inspected(fixture(name));
    expect(network).toMatchObject({ name: `${name}.onnx`, input, output });
    expect(network.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(network.output.range.max).toBeGreaterThan(network.output.range.min);
  });

  it('names the outputs that are not used', async () => {
    expect((await inspected(fixture('classes'))).otherOutputs).toEqual(['summary']);
  });

  it('is known by its content, not by its name', async () => {
    const prints = await Promise.all(['warmer', 'warmer', 'depth'].map((name) => inspected(fixture(name))));
    const [first, again, other] = prints.map(({ fingerprint }) => fingerprint);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('a model that does not fit says why', () => {
  let folder: Folder;
  beforeAll(() => {
    folder = temporaryFolder();
  });
  afterAll(() => folder.remove());

  it.each([
    ['bad-no-image', 'takes int64, not a picture'],
    ['bad-any-rank', 'does not say how many sides'],
    ['bad-throws', 'fails when it is run on 105 × 73 pixels'],
    ['bad-not-numbers', 'values that are not numbers'],
    ['bad-one-number', 'has the shape 1 × 3 × 1 × 1'],
    ['bad-weights-elsewhere', 'weights in another file'],
  ])('%s', async (name, why) => {
    await expect(inspected(fixture(name))).rejects.toMatchObject({
      code: 'own-model-unsuited',
      message: expect.stringContaining(why),
      remedy: expect.stringMatching(/\.$/),
    });
  });

  it.each([
    ['a text', Buffer.from('A letter.')],
    ['nothing', Buffer.alloc(0)],
  ])('%s is no model', async (_, bytes) => {
    const path = join(folder.path, 'letter.onnx');
    writeFileSync(path, bytes);
    await expect(inspected(path)).rejects.toMatchObject({
      code: 'own-model-unsuited',
      message: expect.stringContaining('not an ONNX file'),
    });
  });

  it('an enormous file is not read', async () => {
    const path = join(folder.path, 'enormous.onnx');
    writeFileSync(path, '');
    truncateSync(path, 5e9);
    await expect(inspected(path)).rejects.toMatchObject({
      code: 'own-model-unsuited',
      message: expect.stringContaining('5.0 GB'),
    });
  });

  it('a file that is not there', async () => {
    await expect(inspected(join(folder.path, 'nowhere.onnx'))).rejects.toMatchObject({
      code: 'file-not-found',
    });
  });
});

it('sizes are tried that are multiples of nothing that is tried after them but themselves', () => {
  for (const [at, multiple] of multiples.entries()) {
    const { width, height } = trialSize(multiple);
    expect([width % multiple, height % multiple]).toEqual([0, 0]);
    expect(width).not.toBe(height);
    for (const larger of multiples.slice(at + 1))
      expect([width % larger, height % larger]).not.toEqual([0, 0]);
  }
});
