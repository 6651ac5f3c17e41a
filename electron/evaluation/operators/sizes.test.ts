import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { operators } from './operators';
import { brighterEngines, requestFor, writePhoto } from './testing/brighterEngines';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-sizes-'));
  await writePhoto(folder, 'small.png', 512, 512);
  await writePhoto(folder, 'large.png', 1024, 1030);
});
afterEach(() => rm(folder, { recursive: true }));

it('every variant has a row, c one for each side, with columns for the sizes that photos have', async () => {
  const engines = brighterEngines((filter) => (filter === 'l0-smoothing' ? 10 : 8));
  const report = await operators.evaluate(requestFor(folder, { operators: ['l0-smoothing'] }), engines);
  const [figures] = report.tables;
  expect(figures?.header.filter((cell) => cell.includes('px'))).toEqual([
    '512 px (2 photos) MSE',
    '1024 px (1 photo) MSE',
  ]);
  const clones = ['dgf-s', 'dgf-b', 'dgf-cb', 'dgf-c', 'dgf-c-128', 'dgf-c-256', 'can'];
  expect(figures?.rows.map(([name]) => name)).toEqual(['exact', 'input', ...clones]);
  expect(figures?.rows.at(-1)?.filter((cell) => cell === '4.0')).toHaveLength(2);
  expect(report.leftOut).toEqual([]);
}, 60_000);
