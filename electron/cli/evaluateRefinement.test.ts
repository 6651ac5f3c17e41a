import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../evaluation/report';
import { parseOutput, runCli } from './testing/cliProcess';
import { type Pattern, writePicture } from './testing/pictures';

const baselines = ['bicubic', 'guided-filter', 'joint-bilateral'];
const kinds = ['blurred', 'jittered', 'eroded', 'dilated'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-refinement-'));
});
afterEach(() => rm(folder, { recursive: true }));

const evaluate = (...words: string[]) =>
  runCli(['evaluate', 'refinement', '--data', folder, '--filters', 'bicubic', '--json', ...words]);

const inDisc = (x: number, y: number) => (x - 45) ** 2 + (y - 40) ** 2 < 26 ** 2;
const photo: Pattern = {
  width: 98,
  height: 83,
  channels: 3,
  value: (x, y, channel) => (inDisc(x, y) ? 200 : 60) + 10 * channel + (x % 3),
};
const put = async (place: string, name: string, value: Pattern['value'] | null) => {
  await mkdir(path.join(folder, place), { recursive: true });
  await writePicture(path.join(folder, place), name, value ? { ...photo, channels: 1, value } : photo);
};

describe('sidelight evaluate refinement', () => {
  it('refines coarse maps of all three kinds by their presets', async () => {
    await put('saliency/image', 'disc.jpg', null);
    await put('saliency/mask', 'disc.png', (x, y) => (inDisc(x, y) ? 255 : 0));
    await put('segmentation/voc_labelme/JPEGImages', 'disc.jpg', null);
    await put('segmentation/voc_labelme/SegmentationClass', 'disc.png', (x, y) =>
      y > 74 ? 255 : inDisc(x, y) ? 15 : 0,
    );
    await put('depth/middlebury-third', 'disc_view1.png', null);
    await put('depth/middlebury-third', 'disc_disp1.png', (x, y) => (inDisc(x, y) ? 150 : 90));
    const page = path.join(folder, 'page.md');
    const report = parseOutput(
      await evaluate('--output', page, '--pictures', path.join(folder, 'shown')),
    ) as unknown as EvaluationReport;
    expect(report.tables.map(({ title }) => title)).toEqual(['Depth (disparity)', 'Saliency', 'Classes']);
    expect(report.rows.map((row) => [row.conditions.task, row.conditions.kind, row.row])).toEqual(
      ['depth', 'saliency', 'classes'].flatMap((task) =>
        kinds.flatMap((kind) => baselines.map((row) => [task, kind, row])),
      ),
    );
    const figures = (task: string, row: string, kind: string) =>
      report.rows.find((one) => one.case === `${task} ${kind}` && one.row === row)!;
    const preset = { radius: 8, epsilon: 0.01, subsampling: 1 };
    expect(figures('saliency', 'guided-filter', 'blurred')).toMatchObject({
      parameters: preset,
      iterations: 2,
    });
    expect(figures('depth', 'guided-filter', 'eroded')).toMatchObject({
      parameters: { ...preset, radius: 4 },
      iterations: 1,
    });
    for (const kind of kinds) {
      const { metrics } = figures('saliency', 'bicubic', kind);
      expect(metrics.maximum).toBeGreaterThan(0.7);
      expect(metrics.maximum).toBeLessThan(1);
      expect(figures('depth', 'bicubic', kind).metrics.rms).toBeGreaterThan(2);
      expect(figures('classes', 'bicubic', kind).metrics.boundaryIou).toBeLessThan(
        figures('classes', 'bicubic', kind).metrics.meanIou!,
      );
    }
    // The photo has no edge but the contour, and no noise: what was blurred along it comes back.
    expect(figures('depth', 'guided-filter', 'blurred').metrics.rms).toBeLessThan(
      figures('depth', 'bicubic', 'blurred').metrics.rms!,
    );
    expect(report.findings[0]).toMatch(
      /^guided-filter improves the rms of the unrefined map in \d of 4 cases/,
    );
    expect(await readFile(page, 'utf8')).toContain('| filter | blurred mIoU | boundary IoU | ms |');
    expect(await readdir(path.join(folder, 'shown/disc'))).toContain('dilated.guided-filter.png');
  });

  it('measures the tasks that are asked for, and says where their data should be', async () => {
    await put('saliency/image', 'disc.jpg', null);
    await put('saliency/mask', 'disc.png', (x, y) => (inDisc(x, y) ? 255 : 0));
    const some = parseOutput(await evaluate('--tasks', 'saliency', '--kinds', 'eroded'));
    expect((some as unknown as EvaluationReport).rows.map((row) => row.case)).toEqual(
      baselines.map(() => 'saliency eroded'),
    );
    const all = await evaluate();
    expect(all.exitCode).toBe(3);
    expect(parseOutput(all)).toMatchObject({
      error: { code: 'file-not-found', remedy: expect.stringContaining('--tasks') },
    });
  });
});
