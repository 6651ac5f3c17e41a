import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../evaluation/report';
import { parseOutput, runCli } from './testing/cliProcess';
import { installWithModels } from './testing/installation';
import { writePicture } from './testing/pictures';

let folder: string;
let pair: string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-models-'));
  const size = { width: 32, height: 32 };
  const guidance = await writePicture(folder, 'photo.png', {
    ...size,
    channels: 3,
    value: (x, y) => x * 4 + y,
  });
  const target = await writePicture(folder, 'map.png', {
    width: 4,
    height: 4,
    channels: 1,
    value: (x) => 50 + x,
  });
  pair = ['--target', target, '--guidance', guidance, '--output', path.join(folder, 'out.png'), '--json'];
});
afterAll(() => rm(folder, { recursive: true }));

const manifest = {
  version: 2,
  models: [
    {
      id: 'dagf-x8-bicubic',
      title: 'DAGF ×8',
      network: 'dagf',
      task: 'super-resolution',
      factors: [8],
      degradation: 'bicubic',
      variant: 'standard',
      channels: 32,
      parameters: 1,
      sizeMultiple: 8,
      inputs: { target: { name: 'target', channels: 1 }, guidance: { name: 'guidance', channels: 3 } },
      outputs: [{ id: 'I_2', scale: 1, reach: 64, file: 'dagf.onnx', bytes: 17, sha256: 'a'.repeat(64) }],
      weights: { file: 'dagf.safetensors', bytes: 17, sha256: 'b'.repeat(64) },
      licence: 'MIT',
    },
  ],
};

describe('models that are missing or damaged', () => {
  it.each<[string, Record<string, string> | null, string]>([
    ['no models at all', null, 'model-missing'],
    ['a list of models that cannot be read', { 'manifest.json': '{' }, 'model-manifest-invalid'],
    ['a model that is not in its place', { 'manifest.json': JSON.stringify(manifest) }, 'model-missing'],
    [
      'a model that was changed',
      {
        'manifest.json': JSON.stringify(manifest),
        'dagf.onnx': 'not the network..',
        'dagf.safetensors': 'not the weights..',
      },
      'model-damaged',
    ],
  ])('%s', async (_, models, code) => {
    const { cli, folder: installation } = await installWithModels(models);
    try {
      const result = await runCli(['filter', 'dagf', ...pair], { cli });
      expect(parseOutput(result)).toMatchObject({
        error: { code, message: expect.stringMatching(/\.$/), remedy: expect.stringMatching(/\.$/) },
      });
      expect(result.exitCode).toBe(7);
      expect((await readdir(folder)).sort()).toEqual(['map.png', 'photo.png']);
      // What needs no network goes on working.
      const classic = await runCli(['filter', 'guided-filter', ...pair], { cli });
      expect(classic.exitCode).toBe(0);
      await rm(path.join(folder, 'out.png'));
    } finally {
      await rm(installation, { recursive: true });
    }
  });

  it('leave gaps in an evaluation, unless the filter was asked for by name', async () => {
    const { cli, folder: installation } = await installWithModels({
      'manifest.json': JSON.stringify(manifest),
    });
    const pairs = path.join(import.meta.dirname, '../evaluation/fixtures/pair');
    const words = [
      'evaluate',
      'depth',
      '--data',
      pairs,
      '--scales',
      '8',
      '--degradations',
      'nearest',
      '--json',
    ];
    try {
      const report = parseOutput(await runCli(words, { cli })) as unknown as EvaluationReport;
      expect(report.rows.map(({ row }) => row)).toEqual(['bicubic', 'guided-filter', 'joint-bilateral']);
      expect(report.leftOut[0]).toMatch(/^dagf, nearest ×8: /);
      const asked = await runCli([...words, '--filters', 'dagf'], { cli });
      expect(parseOutput(asked)).toMatchObject({ error: { code: 'model-missing' } });
      expect(asked.exitCode).toBe(7);
    } finally {
      await rm(installation, { recursive: true });
    }
  });
});
