import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImage } from '../codecs/read';
import type { ParameterValues } from '../contract/filters';
import { filterById } from '../filters/list';
import { defaultStep, newRecipe } from '../recipe/defaults';
import { runCli } from './testing/cliProcess';
import { writePicture } from './testing/pictures';

const photograph = fileURLToPath(new URL('../engine/own/fixtures/photograph.png', import.meta.url));

let folder: string;
let target: string;
const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-cli-photograph-'));
  target = await writePicture(folder, 'target.png', {
    width: 60,
    height: 40,
    channels: 3,
    value: (x, y, channel) => (x < 27 ? 20 : 90) + channel * 10 + ((x * y) % 5),
  });
});
afterAll(() => rm(folder, { recursive: true }));

const meanOf = async (file: string) => {
  const { data } = (await readImage(file)).raster;
  return data.reduce((sum, value) => sum + value, 0) / data.length;
};
const filter = (output: string, ...settings: string[]) =>
  runCli([
    'filter',
    'style-transfer',
    ...['--target', target, '--output', at(output)],
    ...settings.flatMap((setting) => ['--set', setting]),
  ]);

async function runRecipe(output: string, parameters: ParameterValues) {
  const step = defaultStep(filterById('style-transfer').description, 's');
  const steps = [{ ...step, parameters: { ...step.parameters, ...parameters } }];
  await writeFile(at('recipe.json'), JSON.stringify({ ...newRecipe(), steps }));
  const words = ['run', at('recipe.json'), '--target', target, '--output', at(output)];
  return runCli(words, { cwd: tmpdir() });
}

describe('the look of a photograph of one’s own', () => {
  it('is taken on', async () => {
    expect(await filter('styled.png', 'look=own', `reference=${photograph}`)).toMatchObject({ exitCode: 0 });
    // The photograph's mean is 0.58, the target's 0.29.
    expect((await meanOf(at('styled.png'))) / 255).toBeCloseTo(0.58, 1);
  });

  it.each([
    ['not chosen', async () => [], 3, 'No photograph is chosen yet.'],
    ['not there', async () => [`reference=${at('gone.jpg')}`], 3, 'gone.jpg'],
    [
      'a text',
      async () => {
        await writeFile(at('letter.jpg'), 'Dear photographer,');
        return [`reference=${at('letter.jpg')}`];
      },
      3,
      '“letter.jpg” is a text file, not a picture.',
    ],
    [
      'flat',
      async () => [
        `reference=${await writePicture(folder, 'flat.png', { width: 9, height: 9, channels: 3, value: () => 7 })}`,
      ],
      3,
      '“flat.png” cannot be taken on: it is equally bright everywhere',
    ],
  ])('that is %s is refused, and nothing written', async (_, settings, code, message) => {
    const { exitCode, err } = await filter('none.png', 'look=own', ...(await settings()));
    expect({ exitCode, err }).toEqual({ exitCode: code, err: expect.stringContaining(message) });
    expect(await readdir(folder)).not.toContain('none.png');
  });

  it('is found beside a recipe, which notices when it has changed', async () => {
    await copyFile(photograph, at('mine.png'));
    const own = { look: 'own', reference: 'mine.png' };
    const changed = await runRecipe('changed.png', { ...own, fingerprint: 'a'.repeat(64) });
    expect(changed).toMatchObject({
      exitCode: 0,
      err: expect.stringContaining('mine.png has changed since the recipe was made with it.'),
    });
    expect((await meanOf(at('changed.png'))) / 255).toBeCloseTo(0.58, 1);
  });

  it('that a recipe names and that is not there is told of, unless the recipe has another look', async () => {
    const elsewhere = { reference: 'elsewhere/mine.png', fingerprint: 'a'.repeat(64) };
    const missing = await runRecipe('missing.png', { ...elsewhere, look: 'own' });
    expect(missing).toMatchObject({ exitCode: 3, err: expect.stringContaining('elsewhere/mine.png') });
    expect(await runRecipe('soft.png', { ...elsewhere, look: 'soft' })).toMatchObject({ exitCode: 0 });
  });
});
