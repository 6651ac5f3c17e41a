import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from './fixtures';
import { writePhoto } from './pictures';
import { Studio } from './studio';

const fixtures = path.resolve(import.meta.dirname, '../electron/engine/own/fixtures');
const model = (name: string) => path.join(fixtures, `${name}.onnx`);

/** A photo with a step of a network of one's own, none chosen yet. */
async function begin(studio: Studio, photo: string) {
  await studio.page.getByRole('button', { name: 'Your own network', exact: true }).click();
  await studio.openFiles([photo]);
  await expect(studio.layer('Target')).toContainText(path.basename(photo));
}

async function chooseModel(studio: Studio, file: string, button: string | RegExp) {
  const [chooser] = await Promise.all([
    studio.page.waitForEvent('filechooser', { timeout: 15_000 }),
    studio.step(1).getByRole('button', { name: button }).click(),
  ]);
  await chooser.setFiles(file);
}

test('a network of one’s own is chosen, understood, shown and exported', async ({ studio: page, folder }) => {
  const studio = new Studio(page);
  await begin(studio, await writePhoto(folder, 'photo.png', { width: 240, height: 160 }));
  await expect(studio.problem('No network is chosen yet.')).toBeVisible();
  await chooseModel(studio, model('warmer'), 'Choose the model');
  await expect(studio.step(1).getByRole('button', { name: 'Model: warmer.onnx' })).toBeVisible();
  await expect(
    page.getByText(/takes 3 channels of any size .* and gives 3 channels: a picture/),
  ).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await studio.showActualSize();

  // Another kind of network in its place: a map at the photo's size.
  await chooseModel(studio, model('quarter'), 'Model: warmer.onnx');
  await expect(page.getByText(/and gives one channel, 4 times smaller: a map/)).toBeVisible();
  await studio.settled();
  const output = path.join(folder, 'map.png');
  await studio.beginExport(output);
  await studio.exported(output);
  expect(await sharp(output).metadata()).toMatchObject({
    width: 240,
    height: 160,
    channels: 1,
    depth: 'ushort',
  });
  await page.keyboard.press('Control+z');
  await expect(studio.step(1).getByRole('button', { name: 'Model: warmer.onnx' })).toBeVisible();
});

test('a model that does not fit says why where it was chosen, and harms nothing', async ({
  studio: page,
  folder,
  crashEngine,
}) => {
  const studio = new Studio(page);
  await begin(studio, await writePhoto(folder, 'photo.png', { width: 240, height: 160 }));
  await chooseModel(studio, model('classes'), 'Choose the model');
  await expect(page.getByText(/scores of classes, of which the strongest wins/)).toBeVisible();
  const letter = path.join(folder, 'letter.onnx');
  await writeFile(letter, 'This is a letter, not a network.\n');
  const bad = [
    [letter, 'not an ONNX file'],
    [model('bad-throws'), 'fails when it is run'],
    [model('bad-no-image'), 'takes int64, not a picture'],
    [model('bad-not-numbers'), 'values that are not numbers'],
  ] as const;
  for (const [file, why] of bad) {
    await chooseModel(studio, file, 'Model: classes.onnx');
    await expect(studio.step(1).getByRole('alert')).toContainText(why);
    await expect(studio.step(1).getByRole('button', { name: 'Choose another file…' })).toBeVisible();
  }
  // What was in use before still is.
  await studio.showActualSize();
  await studio.step(1).getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  crashEngine();
  await expect(page.getByRole('contentinfo')).toContainText('Ready', { timeout: 30_000 });
  await studio.settled();
  await expect(studio.step(1).getByRole('button', { name: 'Model: classes.onnx' })).toBeVisible();
});

test('a network that fails on a picture says so, and another model is the way out', async ({
  studio: page,
  folder,
}) => {
  const studio = new Studio(page);
  const white = path.join(folder, 'white.png');
  await sharp({ create: { width: 120, height: 80, channels: 3, background: '#fff' } }).toFile(white);
  await begin(studio, white);
  const mine = path.join(folder, 'mine.onnx');
  await copyFile(model('bad-later-not-numbers'), mine);
  await chooseModel(studio, mine, 'Choose the model');
  await expect(studio.problem('“mine.onnx” failed at work')).toBeVisible();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose another model…' }).click(),
  ]);
  await chooser.setFiles(model('warmer'));
  await expect(page.getByRole('alert')).toHaveCount(0);
  await studio.showActualSize();
});
