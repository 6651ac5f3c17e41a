import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url));
const [graph, float16, weights] = ['onnx', 'f16.onnx', 'safetensors'].map(
  (ending) => `tiny-network.${ending}`,
) as [string, string, string];

/** The graph that gives back the noisy target that it is told. */
const noisyGraph = 'tiny-noisy.onnx';

/** The graphs of the clones that are told a parameter. */
const cloneGraphs = {
  coefficients: 'tiny-clone.coefficients.onnx',
  result: 'tiny-clone.result.onnx',
  can: 'tiny-can.onnx',
};

function fileEntry(file: string) {
  const bytes = readFileSync(join(fixtures, file));
  return { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export interface ModelsFolder {
  readonly path: string;
  /** Rewrites the manifest. */
  write(manifest: unknown): void;
  remove(): void;
}

/** The tiny network in the place of DAGF: same inputs, one output, reach 2 (see fixtures/make-network.py). */
const tinyNetwork = () => ({
  id: 'tiny',
  title: 'Tiny ×4',
  network: 'dagf',
  task: 'super-resolution',
  factors: [4],
  degradation: 'bicubic',
  variant: 'standard',
  channels: 32,
  parameters: 139,
  sizeMultiple: 8,
  inputs: { target: { name: 'target', channels: 1 }, guidance: { name: 'guidance', channels: 3 } },
  outputs: [{ id: 'I_2', scale: 1, reach: 2, ...fileEntry(graph), float16: fileEntry(float16) }],
  weights: fileEntry(weights),
  licence: 'MIT',
});

/** In the place of a DGF. The files are those of the other network: providers of tests do not look into them. */
const tinyClone = () => ({
  id: 'tiny-clone',
  title: 'Tiny clone',
  network: 'dgf',
  operator: 'l0-smoothing',
  variant: 'c',
  side: 128,
  parameters: 139,
  inputs: { picture: { name: 'picture', channels: 3 } },
  outputs: ['result', 'coefficients'].map((id) => ({ id, scale: 1, reach: 0, ...fileEntry(graph) })),
  weights: fileEntry(weights),
  licence: 'MIT',
});

export const tinyManifest = (): {
  version: number;
  models: [ReturnType<typeof tinyNetwork>, ReturnType<typeof tinyClone>];
} => ({ version: 2, models: [tinyNetwork(), tinyClone()] });

/** The tiny network for targets that are cleaned first, and in the place of what cleans them. */
export const cleanedFirst = (denoisedBy = 'tiny-low-noise') => ({
  version: 2,
  models: [
    { ...tinyNetwork(), degradation: 'noisy', denoisedBy },
    { ...tinyNetwork(), id: 'tiny-low-noise', task: 'denoising', degradation: 'low-noise' },
  ],
});

/** The same, but that it sees the target before it was cleaned, and gives that back. */
export function noisySeen() {
  const { version, models } = cleanedFirst();
  const [first, cleaner] = models as [(typeof models)[number], (typeof models)[number]];
  const seeing = {
    ...first,
    seesNoisy: true,
    inputs: { ...first.inputs, noisy: { name: 'noisy', channels: 1 } },
    outputs: [{ id: 'I_2', scale: 1, reach: 0, ...fileEntry(noisyGraph) }],
  };
  return { version, models: [seeing, cleaner] };
}

/** Clones whose graphs are real and are told lambda as a place in its range (see fixtures/make-clone.py). */
export function toldClones() {
  const common = {
    network: 'dgf',
    operator: 'l0-smoothing',
    conditions: [{ name: 'lambda', min: 0.005, max: 0.08, scale: 'log' }],
    parameters: 1,
    weights: fileEntry(weights),
    licence: 'MIT',
  };
  const [picture, condition] = [
    { name: 'picture', channels: 3 },
    { name: 'condition', channels: 1 },
  ];
  const output = (id: string, file: string) => ({ id, scale: 1, reach: 0, ...fileEntry(file) });
  const small = [output('result', cloneGraphs.result), output('coefficients', cloneGraphs.coefficients)];
  const whole = [output('result', cloneGraphs.can)];
  const inputs = { picture, condition };
  return {
    version: 2,
    models: [
      { ...common, id: 'told-c', title: 'Told c', variant: 'c', side: 64, inputs, outputs: small },
      { ...common, id: 'told-can', title: 'Told can', variant: 'can', side: null, inputs, outputs: whole },
    ],
  };
}

/** A folder of models with the tiny network in it. */
export function modelsFolder(): ModelsFolder {
  const path = mkdtempSync(join(tmpdir(), 'sidelight-models-'));
  for (const file of [graph, noisyGraph, float16, weights, ...Object.values(cloneGraphs)])
    copyFileSync(join(fixtures, file), join(path, file));
  const write = (manifest: unknown) => writeFileSync(join(path, 'manifest.json'), JSON.stringify(manifest));
  write(tinyManifest());
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}
