import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pfm } from '../../codecs/pfm';
import { png } from '../../codecs/png';
import { readImage } from '../../codecs/read';
import type { EngineApi } from '../../contract/engine';
import { SidelightError } from '../../contract/errors';
import type { ParameterValues } from '../../contract/filters';
import { sourceInfo, standInEngine } from '../../contract/standInEngine';
import { createRaster } from '../../raster/raster';
import type { EvaluationRequest } from '../family';
import type { Engines } from '../filterFiles';
import { operators } from './operators';
import { descriptions } from './testing/clone';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-gaps-'));
  const pixels = 512 * 520;
  const data = Float32Array.from({ length: 3 * pixels }, (_, i) => ((i % pixels) >> 5) & 127);
  const photo = createRaster({
    width: 512,
    height: 520,
    channels: 3,
    data,
    fullScale: { min: 0, max: 255 },
    sampleType: 'u8',
  });
  const settings = {
    format: 'png',
    sampleType: 'u8',
    range: null,
    overwrite: 'replace',
    quality: 100,
  } as const;
  await writeFile(path.join(folder, 'grey.png'), (await png.encode!(photo, settings)).bytes);
});
afterEach(() => rm(folder, { recursive: true }));

const missing = (variant: string) =>
  new SidelightError('model-missing', `There is no model of ${variant}.`, 'Use another one.');

/** Brighter by as many levels as the filter is told here; some of them cannot be run. */
function brighter(filter: string, { variant }: ParameterValues): number {
  if (filter === 'multi-scale-detail')
    throw new SidelightError('image-too-large', 'It does not fit into memory.', 'Reduce it.');
  if (filter !== 'dgf') return filter === 'l0-smoothing' ? 10 : 0;
  if (variant !== 'c') throw missing(String(variant));
  return 8;
}

/** Engines whose files are what their ids say, and which were as large as they had filters to run. */
function standIns(): Engines {
  const engineOf = (): EngineApi => {
    let target = '';
    let peakBytes = 0;
    return standInEngine({
      openSource: async ({ role, fileId }) => {
        if (role === 'target') target = fileId;
        return sourceInfo;
      },
      exportResult: async ({ document: { processing }, writeId, settings, device }) => {
        const [{ filter, parameters }] = processing.steps as [(typeof processing.steps)[number]];
        const levels = brighter(filter, parameters);
        peakBytes += 1e6;
        const { raster } = await readImage(target);
        const data = raster.data.map((value) => value + levels);
        await writeFile(writeId, (await pfm.encode!(createRaster({ ...raster, data }), settings)).bytes);
        const size = { width: raster.width, height: raster.height };
        const counts = { bytes: 1, clampedPixels: 0, unknownPixels: 0, milliseconds: 5, peakBytes };
        const how = { format: 'pfm', sampleType: 'f32' as const, models: [], notices: [] };
        return { path: writeId, size, device: device === 'auto' ? 'cpu' : device, ...counts, ...how };
      },
    });
  };
  const accessOf = () => ({
    engine: engineOf(),
    grantRead: async (file: string) => file,
    grantWrite: async (file: string) => file,
  });
  return { ...accessOf(), modelsFolder: '', withModels: (_, use) => use(accessOf()) };
}

const request = (options: Partial<EvaluationRequest['options']> = {}): EvaluationRequest => ({
  folder,
  options: {
    operators: ['l0-smoothing', 'multi-scale-detail'],
    sizes: ['512'],
    variants: ['b', 'c'],
    sides: ['64'],
    memory: ['memory'],
    ...options,
  } as EvaluationRequest['options'],
  filters: descriptions,
  wanted: null,
  device: 'cpu',
  pictures: null,
  signal: new AbortController().signal,
  onProgress: () => undefined,
});

describe('operators', () => {
  it('leave a gap and say why where a clone has no model or the exact filter cannot be run', async () => {
    const report = await operators.evaluate(request(), standIns());
    expect(report.rows.map(({ row, metrics }) => [row, metrics.mse, metrics.peakMegabytes])).toEqual([
      ['exact', undefined, 1],
      ['input', 100, undefined],
      ['dgf-c', 4, 1],
    ]);
    expect(report.rows[2]?.metrics.gain).toBeCloseTo(10 * Math.log10(100 / 4), 6);
    expect(report.leftOut).toEqual([
      'l0-smoothing, dgf-b: There is no model of b.',
      'multi-scale-detail 512 px, exact: It does not fit into memory.',
    ]);
    expect(report.tables.map(({ title }) => title)).toEqual([
      'L0 smoothing',
      'L0 smoothing: PSNR above the input’s, dB',
      'L0 smoothing: peak memory, MB',
    ]);
  });

  it('refuse a clone that was asked for by name and has no model at all', async () => {
    const wanted = { ...request(), wanted: ['dgf-b'] };
    await expect(operators.evaluate(wanted, standIns())).rejects.toMatchObject({ code: 'model-missing' });
  });
});
