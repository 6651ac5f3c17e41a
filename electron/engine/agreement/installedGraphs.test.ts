import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { asColumns, asRows, interpolation, partOf } from '../../filters/dgf/enlargement';
import type { NetworkTensor } from '../../filters/filter';
import { ModelLibrary } from '../models/library';
import type { Model } from '../models/manifest';
import { onnxRuntimeProviders } from '../providers/onnxRuntime';
import { sides as standInSides } from '../testing/providers';
import { mostSide, pieceOf } from './piece';

const library = new ModelLibrary(fileURLToPath(new URL('../../../models', import.meta.url)));
const all = [...library.models('dagf'), ...library.models('dgf')];

const detailOf = (model: Model) =>
  model.network === 'dagf' && model.guidanceDetail > 1 ? `, guidance ×${model.guidanceDetail}` : '';

async function open({ id }: Model, outputId: string) {
  const { model, output } = library.find(id, outputId);
  return onnxRuntimeProviders.cpu.open(await library.network(model, output), outputId);
}

/** Graphs of a kind declare their inputs alike: one for each network, variant, output, what it is told and how fine that is. */
const kinds = new Map(
  all.flatMap((model) =>
    model.outputs.map(({ id }): [string, { model: Model; id: string }] => [
      `${model.network} ${model.variant} ${id} of ${Object.keys(model.inputs).join(', ')}${detailOf(model)}`,
      { model, id },
    ]),
  ),
);

/** How a guidance that is finer than its target is declared. */
const finerGuidance = { guidance: ['guidance_height', 'guidance_width'] };

it.each([...kinds])('the sides of inputs are called what pieces are cut by: %s', async (_, { model, id }) => {
  const { sides, release } = await open(model, id);
  await release();
  const isFiner = model.network === 'dagf' && model.guidanceDetail > 1;
  expect({ ...standInSides, ...(isFiner && finerGuidance) }).toMatchObject(sides);
  expect(Object.values(sides)).toContainEqual(['height', 'width']);
});

it('the piece of a clone’s layer gives the same piece of its result', async () => {
  const model = library.models('dgf').find(({ variant }) => variant === 'cb')!;
  const [width, height] = [300, 200];
  const noise = (channels: number, w: number, h: number): NetworkTensor => ({
    data: Float32Array.from({ length: channels * w * h }, (_, i) => ((i * 7919) % 1009) / 1009),
    channels,
    width: w,
    height: h,
  });
  const picture = noise(3, width, height);
  // The most is going on in the last piece.
  picture.data[height * width - 1] = 2;
  const [rows, columns] = [interpolation(64, height, 0, height), interpolation(96, width, 0, width)];
  const inputs = { picture, coefficients: noise(6, 96, 64), rows: asRows(rows), columns: asColumns(columns) };
  const session = await open(model, 'result');
  const whole = await session.run(inputs);
  const piece = await session.run(pieceOf(inputs, session.sides, 1));
  await session.release();
  const last = (length: number) => ({ first: length - mostSide, count: mostSide });
  const expected = partOf(whole, last(height), last(width));
  expect([piece.width, piece.height]).toEqual([mostSide, mostSide]);
  const largest = expected.data.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - piece.data[i]!)),
    0,
  );
  expect(largest).toBeLessThan(1e-5);
});
