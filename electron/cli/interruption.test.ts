import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImage } from '../codecs/read';
import { filterById } from '../filters/list';
import { defaultStep } from '../recipe/defaults';
import { findInstallation } from '../shell/installation';
import { withEngine } from './engineSession';
import { chooseExportSettings } from './exportOptions';
import { Output } from './output';
import { runRecipe } from './recipeRun';
import { parseOutput, runCli } from './testing/cliProcess';
import { writePicture } from './testing/pictures';

let folder: string;
let target: string;
let guidance: string;

const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-interrupt-'));
  guidance = await writePicture(folder, 'photo.png', {
    width: 1200,
    height: 800,
    channels: 3,
    value: (x, y, channel) => (x * 7 + y * 13 + channel * 50) % 256,
  });
  target = await writePicture(folder, 'depth.png', {
    width: 150,
    height: 100,
    // Three equal channels are remarked on: the sign that the work is about to begin.
    channels: 3,
    value: (x, y) => (x + y) % 200,
  });
});
afterAll(() => rm(folder, { recursive: true }));

/** Several seconds of work. */
const work = () => [
  ...['filter', 'guided-filter', '--target', target, '--guidance', guidance],
  ...['--output', at('result.png'), '--iterations', '20', '--json'],
];

const begun = 'channels are equal';
const soon = 300;

describe('Ctrl-C', () => {
  it('stops between tiles, writes nothing and says so', async () => {
    const result = await runCli(work(), {
      onStderr: once(begun, (child) => setTimeout(() => child.kill('SIGINT'), soon)),
    });
    expect(result.exitCode).toBe(130);
    expect(result.err).toContain('Cancelling after this tile');
    expect(result.err).not.toContain('crashed');
    expect(parseOutput(result)).toMatchObject({ error: { code: 'cancelled' } });
    expect((await readdir(folder)).sort()).toEqual(['depth.png', 'photo.png']);
  });

  it('pressed again ends at once', async () => {
    const first = once(begun, (child) => setTimeout(() => child.kill('SIGINT'), soon));
    const second = once('Cancelling', (child) => child.kill('SIGINT'));
    const result = await runCli(work(), {
      onStderr: (text, child) => {
        first(text, child);
        second(text, child);
      },
    });
    expect(result.exitCode).toBe(130);
    expect((await readdir(folder)).sort()).toEqual(['depth.png', 'photo.png']);
  });

  it('a request to end from elsewhere is not argued with', async () => {
    const result = await runCli(work(), {
      onStderr: once(begun, (child) => setTimeout(() => child.kill('SIGTERM'), soon)),
    });
    expect(result.exitCode).toBe(130);
    expect(result.err).not.toContain('Cancelling');
    expect((await readdir(folder)).sort()).toEqual(['depth.png', 'photo.png']);
  });
});

/** Does something when a word appears for the first time. */
function once(word: string, act: (child: ChildProcess) => unknown) {
  let done = false;
  return (text: string, child: ChildProcess): void => {
    if (done || !text.includes(word)) return;
    done = true;
    act(child);
  };
}

describe('an engine that is killed in the middle', () => {
  it('is started again, and the result is the same', async () => {
    const said: string[] = [];
    const output = new Output({}, { out: { write: () => true }, err: { write: (text) => said.push(text) } });
    const context = { installation: findInstallation(), output };
    const filter = filterById('guided-filter').description;
    const run = (name: string, kill: boolean) =>
      withEngine(context, 'auto', async (session) => {
        const { filters, formats } = await session.engine.describe({});
        const format = formats.find(({ id }) => id === 'npy')!;
        let killed = !kill;
        session.connection.onEvent('progress', ({ phase }) => {
          if (killed || phase !== 'queued') return;
          killed = true;
          process.kill(session.supervisor.processId!, 'SIGKILL');
        });
        const outcome = await runRecipe(context, session, filters, {
          processing: {
            fit: 'refuse',
            unknown: 'keep',
            targetValues: 'continuous',
            steps: [{ ...defaultStep(filter, 'a'), iterations: 2 }],
          },
          target: { path: target, unknownMarker: 'none', unit: 'none' },
          guidance: { path: guidance, unknownMarker: 'none', unit: 'none' },
          keepIterations: false,
          outputPath: at(name),
          format,
          device: 'auto',
          settings: (source) => chooseExportSettings(source, format, {}),
        });
        expect(killed).toBe(true);
        return outcome;
      });
    await run('plain.npy', false);
    expect(said.join('')).not.toContain('crashed');
    const outcome = await run('killed.npy', true);
    expect(said.join('')).toContain('crashed and was started again');
    expect(outcome.export.device).toBe('cpu');
    const [plain, killed] = await Promise.all([readImage(at('plain.npy')), readImage(at('killed.npy'))]);
    expect(plain.raster.width).toBe(1200);
    expect(Buffer.from(killed.raster.data.buffer).equals(Buffer.from(plain.raster.data.buffer))).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['depth.png', 'killed.npy', 'photo.png', 'plain.npy']);
  });
});
