import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceChoice } from '../../contract/devices';
import type { JobProgress } from '../../contract/engine';
import { asPng } from '../testing/files';
import { off, providerOf } from '../testing/providers';
import { documentOf, SessionAtWork } from '../testing/sessionAtWork';
import { pictureOf, stepOf } from '../testing/sources';

let at: SessionAtWork;
beforeEach(() => {
  at = new SessionAtWork();
});
afterEach(() => at.end());

describe('exports', () => {
  beforeEach(async () => {
    await at.open('target', pictureOf(40, 30, 1));
    await at.open('guidance', pictureOf(160, 120, 3));
  });

  it('report progress that ends at one, and the device', async () => {
    const path = join(at.folder.path, 'out.png');
    const report = await at.session.exportResult(
      at.exportTo(path, { settings: asPng, document: documentOf(stepOf('dagf')) }),
    );
    expect(report).toMatchObject({
      path,
      size: { width: 160, height: 120 },
      device: 'cpu',
      models: ['tiny'],
      format: 'png',
    });
    const progress = at.told.filter(([name]) => name === 'progress').map(([, data]) => data as JobProgress);
    expect(progress[0]).toMatchObject({ phase: 'queued', done: 0, remainingMilliseconds: null });
    expect(progress.at(-1)).toMatchObject({ phase: 'writing', done: 1, remainingMilliseconds: 0 });
    for (const [i, { done }] of progress.entries())
      expect(done).toBeGreaterThanOrEqual(progress[i - 1]?.done ?? 0);
  });

  it('name the models that made the result, also when its tiles were there already', async () => {
    const document = documentOf(stepOf('dagf'), stepOf('bicubic', { id: 'b' }));
    await at.rgbaOf({ document, region: { x: 0, y: 0, width: 160, height: 120 } });
    const report = await at.session.exportResult(at.exportTo(join(at.folder.path, 'out.npy'), { document }));
    expect(report.models).toEqual(['tiny']);
    const plain = documentOf(stepOf('bicubic'));
    const other = await at.session.exportResult(
      at.exportTo(join(at.folder.path, 'b.npy'), { document: plain }),
    );
    expect(other.models).toEqual([]);
  });

  it('stop between tiles and write nothing', async () => {
    const path = join(at.folder.path, 'out.png');
    const before = readdirSync(at.folder.path);
    const exporting = at.session.exportResult(at.exportTo(path, { settings: asPng }));
    await vi.waitFor(
      () => expect(at.told.some(([, data]) => (data as JobProgress).phase === 'filtering')).toBe(true),
      { interval: 1 },
    );
    await at.session.cancel({ jobId: 'job' });
    await expect(exporting).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(at.folder.path)).toEqual(before);
  });

  it('stop when the client goes', async () => {
    const path = join(at.folder.path, 'out.png');
    const exporting = at.session.exportResult(at.exportTo(path, { settings: asPng }));
    at.session.end();
    await expect(exporting).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(path)).toBe(false);
  });

  it('never write onto a file they are made from, whatever the policy', async () => {
    const path = join(at.folder.path, 'mine.png');
    await at.open('target', await at.folder.write('mine.png', pictureOf(40, 30, 1)));
    const before = readFileSync(path);
    const settings = { ...asPng, overwrite: 'replace' as const };
    await expect(at.session.exportResult(at.exportTo(path, { settings }))).rejects.toMatchObject({
      code: 'output-is-input',
    });
    expect(readFileSync(path)).toEqual(before);
  });

  it('refuse to overwrite before anything is computed', async () => {
    const path = join(at.folder.path, 'there.png');
    writeFileSync(path, 'precious');
    await expect(at.session.exportResult(at.exportTo(path, { settings: asPng }))).rejects.toMatchObject({
      code: 'file-exists',
    });
    expect(readFileSync(path, 'utf8')).toBe('precious');
    expect(at.told.filter(([, data]) => (data as JobProgress).phase === 'filtering')).toEqual([]);
  });

  it('go only where the user said', async () => {
    const request = { ...at.exportTo(join(at.folder.path, 'a.png')), writeId: join(at.folder.path, 'b.png') };
    await expect(at.session.exportResult(request)).rejects.toMatchObject({ code: 'file-not-permitted' });
  });

  it('on a device that does not work are refused, with a way out', async () => {
    const request = at.exportTo(join(at.folder.path, 'out.png'), { settings: asPng, device: 'webgpu' });
    await expect(at.session.exportResult(request)).rejects.toMatchObject({ code: 'device-failed' });
  });

  it('try other devices first when networks will take long, and only then', async () => {
    await at.session.exportResult(
      at.exportTo(join(at.folder.path, 'small.npy'), { document: documentOf(stepOf('dagf')) }),
    );
    await at.open('target', pictureOf(200, 150, 1));
    await at.open('guidance', pictureOf(1600, 1200, 3));
    await at.session.exportResult(
      at.exportTo(join(at.folder.path, 'plain.npy'), { document: documentOf(stepOf('bicubic')) }),
    );
    expect(at.probed).toEqual([]);
    const twice = documentOf(stepOf('dagf', { iterations: 3 }));
    const started = at.session
      .exportResult(at.exportTo(join(at.folder.path, 'large.npy'), { document: twice }))
      .catch(() => null);
    await vi.waitFor(() => expect(at.probed).toEqual(['webgpu']));
    await at.session.cancel({ jobId: 'job' });
    await started;
  });

  it('with a damaged model write nothing', async () => {
    writeFileSync(join(at.models.path, 'tiny-network.onnx'), 'damaged');
    const path = join(at.folder.path, 'out.png');
    const request = at.exportTo(path, { settings: asPng, document: documentOf(stepOf('dagf')) });
    await expect(at.session.exportResult(request)).rejects.toMatchObject({ code: 'model-damaged' });
    expect(existsSync(path)).toBe(false);
  });
});

describe('exports on a GPU', () => {
  const onGpu = async (network: Parameters<typeof providerOf>[0]) => {
    at.end();
    at = new SessionAtWork(providerOf(network));
    at.engine.listen((name, data) => void at.told.push([name, data]));
    await at.open('target', pictureOf(40, 30, 1));
    await at.open('guidance', pictureOf(160, 120, 3));
    const document = documentOf(stepOf('dagf'));
    return (name: string, device: DeviceChoice) =>
      at.session.exportResult(at.exportTo(join(at.folder.path, name), { document, device }));
  };
  const warnings = () => at.told.filter(([name]) => name === 'warning').map(([, data]) => data);

  it('that computes a model wrongly are what the processor writes, and say so', async () => {
    const exportTo = await onGpu(off(0.05));
    const report = await exportTo('gpu.npy', 'webgpu');
    expect(report).toMatchObject({ device: 'cpu', models: ['tiny'] });
    expect(report.notices.join()).toContain('“Tiny ×4” was computed by the processor');
    expect(warnings()).toMatchObject([{ code: 'device-wrong-result', details: { model: 'tiny' } }]);
    // Its tiles are there already.
    expect(await exportTo('again.npy', 'webgpu')).toMatchObject({ device: 'cpu', notices: report.notices });
    await exportTo('cpu.npy', 'cpu');
    const [gpu, cpu] = ['gpu.npy', 'cpu.npy'].map((name) => readFileSync(join(at.folder.path, name)));
    expect(gpu!.equals(cpu!)).toBe(true);
    expect(warnings()).toHaveLength(1);
  });

  it('that agrees with the processor are its own', async () => {
    const exportTo = await onGpu(off(1e-4));
    expect(await exportTo('gpu.npy', 'webgpu')).toMatchObject({ device: 'webgpu', notices: [] });
    expect(warnings()).toEqual([]);
  });
});
