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

const evaluate = (...words: string[]) =>
  runCli(['evaluate', 'operators', '--data', folder, '--operators', 'l0-smoothing', '--json', ...words]);

describe('sidelight evaluate operators', () => {
  it('measures filters against the exact one on photos of each size, and the memory they take', async () => {
    await writePicture(folder, 'wall.png', {
      width: 512,
      height: 512,
      channels: 3,
      value: (x, y, channel) => (x < 200 ? 40 : 190) + 10 * channel + ((7 * x + 13 * y) % 17),
    });
    await writePicture(folder, 'small.png', { width: 90, height: 60, channels: 3, value: (x) => x });
    const page = path.join(folder, 'page.md');
    const shown = path.join(folder, 'shown');
    const result = await evaluate(
      ...[
        '--sizes',
        '512,1024',
        '--filters',
        'guided-filter',
        '--memory',
        '--output',
        page,
        '--pictures',
        shown,
      ],
    );
    const report = parseOutput(result) as unknown as EvaluationReport;
    expect(result.err).not.toContain('sidelight:');
    expect(parseOutput(result).error).toBeUndefined();
    // Neither photo has 1024 pixels, and the small one not 512.
    expect(report.rows.map(({ row, case: one, scenes }) => [row, one, scenes.length])).toEqual([
      ['exact', 'l0-smoothing 512 px', 1],
      ['input', 'l0-smoothing 512 px', 1],
      ['guided-filter', 'l0-smoothing 512 px', 1],
    ]);
    const [exact, input, filtered] = report.rows.map(({ metrics }) => metrics);
    expect(Object.keys(exact!)).toEqual(['peakMegabytes']);
    // A texture of 17 levels is flattened to its mean: variance (17² − 1) / 12 = 24.
    expect(input?.mse).toBeGreaterThan(18);
    expect(input?.mse).toBeLessThan(30);
    expect(input?.psnr).toBeCloseTo(10 * Math.log10(255 ** 2 / input!.mse!), 9);
    expect(filtered?.gain).toBeCloseTo(filtered!.psnr! - input!.psnr!, 9);
    for (const metrics of [exact, filtered]) {
      expect(metrics?.peakMegabytes).toBeGreaterThan(40);
      expect(metrics?.peakMegabytes).toBeLessThan(2000);
    }
    expect(await readFile(page, 'utf8')).toContain(
      `evaluate operators --data ${path.basename(folder)} --operators l0-smoothing --sizes 512,1024 --memory`,
    );
    expect(await readdir(path.join(shown, 'wall'))).toContain('l0-smoothing-512.guided-filter.error.png');
  }, 90_000);

  it('needs photos', async () => {
    const result = await evaluate();
    expect(parseOutput(result)).toMatchObject({ error: { code: 'file-not-found' } });
    expect(result.exitCode).toBe(3);
  });
});
