import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SidelightError } from '../../contract/errors';
import { modelsOf } from '../../filters/networkModel';
import {
  cleanedFirst,
  type ModelsFolder,
  modelsFolder,
  noisySeen,
  tinyManifest,
  toldClones,
} from '../testing/modelsFolder';
import { ModelLibrary } from './library';

let folder: ModelsFolder;
beforeEach(() => {
  folder = modelsFolder();
});
afterEach(() => folder.remove());

const thrownBy = (act: () => unknown) => {
  try {
    act();
  } catch (thrown) {
    return SidelightError.from(thrown);
  }
  throw new Error('It did not throw.');
};

/** Clones of which the one with a small copy of 64 pixels has this, too. */
const drafted = (more: object) => {
  const { version, models } = toldClones();
  return { version, models: models.map((model) => (model.side === null ? model : { ...model, ...more })) };
};

/** The first of the models says this of what it sees. */
const withSeesNoisy = (
  { version, models: [first, ...rest] }: { version: number; models: object[] },
  seesNoisy: boolean,
) => ({
  version,
  models: [{ ...first, seesNoisy }, ...rest],
});

it('a whole installation gives its models and their bytes', async () => {
  const library = new ModelLibrary(folder.path);
  expect(library.models('dagf').map(({ id }) => id)).toEqual(['tiny']);
  expect(library.models('dgf').map(({ id }) => id)).toEqual(['tiny-clone']);
  const { model, output } = library.find('tiny', 'I_2');
  const { graph, weights } = await library.network(model, output);
  expect([graph.length, weights.bytes.length]).toEqual([output.bytes, model.weights.bytes]);
  expect(weights.file).toBe('tiny-network.safetensors');
  expect(library.smallest()?.output.id).toBe('I_2');
});

it('tells what clones are told of their operator, nothing where the manifest says nothing', () => {
  const told = modelsOf((network) => new ModelLibrary(folder.path).models(network), 'dgf');
  expect(
    told.map(({ conditions, texture, draft, overview }) => [conditions, texture, draft, overview]),
  ).toEqual([[[], false, null, null]]);
  const { version, models } = toldClones();
  folder.write({ version, models: models.map((model) => ({ ...model, texture: true })) });
  const [clone] = modelsOf((network) => new ModelLibrary(folder.path).models(network), 'dgf');
  expect(clone?.conditions).toEqual([{ name: 'lambda', min: 0.005, max: 0.08, scale: 'log' }]);
  expect(clone?.texture).toBe(true);
  for (const texture of [false, true]) {
    folder.write(drafted({ draft: 128, texture }));
    const [withDraft] = modelsOf((network) => new ModelLibrary(folder.path).models(network), 'dgf');
    expect(withDraft).toMatchObject({ draft: 128, texture, overview: null });
  }
  for (const overview of [128, 512]) {
    folder.write(drafted({ draft: 128, overview }));
    const [withOverview] = modelsOf((network) => new ModelLibrary(folder.path).models(network), 'dgf');
    expect(withOverview).toMatchObject({ draft: 128, overview });
  }
});

it('tells which model cleans the targets of another', () => {
  folder.write(cleanedFirst());
  const models = modelsOf((network) => new ModelLibrary(folder.path).models(network), 'dagf');
  expect(models.map(({ id, denoisedBy }) => [id, denoisedBy])).toEqual([
    ['tiny', 'tiny-low-noise'],
    ['tiny-low-noise', undefined],
  ]);
});

/** What cleans has so many pixels of guidance for every target pixel, or what it cleans for, too. */
const withDetail = (guidanceDetail: number, forAll = false) => {
  const { version, models } = cleanedFirst();
  const isSeeing = ({ degradation }: { degradation: string }) => forAll || degradation === 'low-noise';
  return { version, models: models.map((model) => (isSeeing(model) ? { ...model, guidanceDetail } : model)) };
};

it('tells how fine a guidance a model wants: as fine as the target where the manifest says nothing', () => {
  folder.write(withDetail(4));
  const models = modelsOf((network) => new ModelLibrary(folder.path).models(network), 'dagf');
  expect(models.map(({ guidanceDetail }) => guidanceDetail)).toEqual([1, 4]);
});

describe('a manifest', () => {
  it('that is missing is told with its path and a way out', () => {
    rmSync(join(folder.path, 'manifest.json'));
    const error = thrownBy(() => new ModelLibrary(folder.path).models('dagf'));
    expect(error).toMatchObject({
      code: 'model-missing',
      details: { path: join(folder.path, 'manifest.json') },
    });
    expect(error.remedy).toContain('Install');
  });

  it.each([
    ['no JSON', '{"version": 1,'],
    ['another version', JSON.stringify({ ...tinyManifest(), version: 1 })],
    [
      'a model without outputs',
      JSON.stringify({ version: 2, models: [{ ...tinyManifest().models[0], outputs: [] }] }),
    ],
    ['nobody to clean', JSON.stringify({ version: 2, models: cleanedFirst().models.slice(0, 1) })],
    ['a model that cleans by another kind', JSON.stringify(cleanedFirst('tiny'))],
    ['a noisy target that no graph takes', JSON.stringify(withSeesNoisy(cleanedFirst(), true))],
    ['a graph’s noisy target that is not told of', JSON.stringify(withSeesNoisy(noisySeen(), false))],
    ['a noisy target where nothing is cleaned', JSON.stringify(noisySeen()).replace('denoisedBy', 'by')],
    ['a finer guidance on the result’s grid', JSON.stringify(withDetail(2, true))],
    ['a guidance of nothing', JSON.stringify(withDetail(0))],
    ['a guidance of parts of pixels', JSON.stringify(withDetail(1.5))],
    ['a logarithm of nothing', JSON.stringify(toldClones()).replace('"min":0.005', '"min":0')],
    ['a draft smaller than the small copy', JSON.stringify(drafted({ draft: 63 }))],
    ['an overview smaller than the draft’s copy', JSON.stringify(drafted({ draft: 128, overview: 127 }))],
    ['an overview without a draft', JSON.stringify(drafted({ overview: 128 }))],
    ['an overview of nothing', JSON.stringify(drafted({ draft: 128, overview: 0 }))],
    ['a draft without a small copy', JSON.stringify(drafted({ draft: 128, side: null }))],
    ['a range of nothing', JSON.stringify(toldClones()).replace('"max":0.08', '"max":0.005')],
    [
      'a file outside its folder',
      JSON.stringify(tinyManifest()).replace('tiny-network.onnx', '../../secret.onnx'),
    ],
  ])('with %s is invalid', (_, text) => {
    writeFileSync(join(folder.path, 'manifest.json'), text);
    expect(thrownBy(() => new ModelLibrary(folder.path).models('dagf')).code).toBe('model-manifest-invalid');
  });

  it('is asked for again after it was put right', () => {
    rmSync(join(folder.path, 'manifest.json'));
    const library = new ModelLibrary(folder.path);
    expect(thrownBy(() => library.models('dagf')).code).toBe('model-missing');
    folder.write(tinyManifest());
    expect(library.models('dagf')).toHaveLength(1);
  });
});

describe('a model file', () => {
  const read = () => {
    const library = new ModelLibrary(folder.path);
    const { model, output } = library.find('tiny', 'I_2');
    return library.network(model, output);
  };
  const files = ['tiny-network.onnx', 'tiny-network.safetensors'];

  it.each(files)('that is missing: %s', async (file) => {
    rmSync(join(folder.path, file));
    await expect(read()).rejects.toMatchObject({ code: 'model-missing' });
  });

  it.each(files)('with one byte more is damaged: %s', async (file) => {
    appendFileSync(join(folder.path, file), 'x');
    await expect(read()).rejects.toMatchObject({ code: 'model-damaged' });
  });

  it('that the manifest does not name', () => {
    expect(thrownBy(() => new ModelLibrary(folder.path).find('tiny', 'I_7')).code).toBe('model-missing');
  });
});
