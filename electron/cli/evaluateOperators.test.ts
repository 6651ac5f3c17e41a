import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../evaluation/report';
import { parseOutput, runCli } from './testing/cliProcess';
import { writePicture } from './testing/pictures';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-operators-'));
});
afterEach(() => rm(folder, { recursive: true }));

const evaluate = (operators: string, ...words: string[]) =>
  runCli(['evaluate', 'operators', '--data', folder, '--operators', operators, '--json', ...words]);

const report = async (operators: string, ...words: string[]) => {
  const written = parseOutput(await evaluate(operators, ...words));
  expect(written.error).toBeUndefined();
  return written as unknown as EvaluationReport;
};

describe('sidelight evaluate operators', () => {
  beforeEach(async () => {
    await writePicture(folder, 'wall.png', {
      width: 512,
      height: 512,
      channels: 3,
      value: (x, y, channel) => (x < 200 ? 40 : 190) + 10 * channel + ((7 * x + 13 * y) % 17),
    });
    await writePicture(folder, 'small.png', { width: 90, height: 60, channels: 3, value: (x) => x });
  });

  it('measures filters against the exact one on photos of each size, and the memory they take', async () => {
    const page = path.join(folder, 'page.md');
    const shown = path.join(folder, 'shown');
    const words = ['--sizes', '512,1024', '--filters', 'guided-filter', '--memory'];
    const { rows } = await report('auto-retouch', ...words, '--output', page, '--pictures', shown);
    // Neither photo has 1024 pixels, and the small one not 512.
    expect(rows.map(({ row, case: one, scenes }) => [row, one, scenes.length])).toEqual([
      ['exact', 'auto-retouch 512 px', 1],
      ['input', 'auto-retouch 512 px', 1],
      ['guided-filter', 'auto-retouch 512 px', 1],
    ]);
    const [exact, input, filtered] = rows.map(({ metrics }) => metrics);
    expect(Object.keys(exact!)).toEqual(['change', 'peakMegabytes']);
    expect(input?.psnr).toBeCloseTo(10 * Math.log10(255 ** 2 / input!.mse!), 9);
    expect(filtered?.gain).toBeCloseTo(filtered!.psnr! - input!.psnr!, 9);
    for (const metrics of [exact, filtered]) {
      expect(metrics?.peakMegabytes).toBeGreaterThan(40);
      expect(metrics?.peakMegabytes).toBeLessThan(2000);
    }
    expect(await readFile(page, 'utf8')).toContain(
      `evaluate operators --data ${path.basename(folder)} --operators auto-retouch --sizes 512,1024 --memory`,
    );
    expect(await readdir(path.join(shown, 'wall'))).toContain('auto-retouch-512.guided-filter.error.png');
  }, 90_000);

  it('measures in the photo’s channels, whatever the exact filter makes of them', async () => {
    const { rows } = await report('l0-smoothing,style-transfer', '--sizes', '512', '--filters', 'input');
    expect(rows.map(({ row, conditions }) => [row, conditions.operator])).toEqual([
      ['exact', 'l0-smoothing'],
      ['input', 'l0-smoothing'],
      ['exact', 'style-transfer'],
      ['input', 'style-transfer'],
    ]);
    // A texture of 17 levels is flattened to its mean: variance (17² − 1) / 12 = 24.
    const [, flattened, , grey] = rows.map(({ metrics }) => metrics);
    expect(flattened?.mse).toBeGreaterThan(18);
    expect(flattened?.mse).toBeLessThan(30);
    // Channels that are 10 levels apart become one: at least the variance of −10, 0 and 10.
    expect(grey?.mse).toBeGreaterThan(200 / 3);
  }, 90_000);

  it('needs photos', async () => {
    for (const name of ['wall.png', 'small.png']) await rm(path.join(folder, name));
    const result = await evaluate('l0-smoothing');
    expect(parseOutput(result)).toMatchObject({ error: { code: 'file-not-found' } });
    expect(result.exitCode).toBe(3);
  });
});
