import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { writeNpy } from '../electron/cli/testing/pictures';
import { expect, test } from './fixtures';
import { writeMap, writePhoto, writeTruncated } from './pictures';
import { Studio } from './studio';

const fixtures = path.resolve(import.meta.dirname, '../electron/codecs/fixtures');
const photoSize = { width: 96, height: 64 };
const mapSize = { width: 12, height: 8 };

/** After whatever went wrong, the next pair opens and is filtered. */
async function stillWorks(studio: Studio, folder: string): Promise<void> {
  const { page } = studio;
  await page.reload();
  const pair = [
    await writePhoto(folder, 'good-photo.png', photoSize),
    await writeMap(folder, 'good-map.png', mapSize),
  ];
  await studio.openFiles(pair);
  await studio.chooseFilter('Guided filter');
  await expect(studio.layer('Result')).toContainText('96 × 64');
  await studio.showActualSize();
  expect((await studio.readMiddle()).result).toBeGreaterThan(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
}

test.describe('files that are no pictures', () => {
  test('are named, with what is wrong and a way out, and the window goes on', async ({
    studio: page,
    folder,
  }) => {
    const studio = new Studio(page);
    const letter = path.join(folder, 'letter.png');
    await writeFile(letter, 'This is a letter, not a picture.\n');
    await studio.dropFiles([letter]);
    const problem = studio.problem('letter.png');
    await expect(problem).toContainText('is a text file, not a picture');
    await expect(problem.getByRole('button', { name: 'Choose another file…' })).toBeVisible();

    const whole = await writePhoto(folder, 'photo.jpg', { width: 320, height: 240 });
    const truncated = await writeTruncated(whole, 'half.jpg');
    await studio.dropFiles([truncated]);
    await expect(studio.problem('half.jpg')).toContainText('damaged');
    await expect(studio.problem('letter.png'), 'the problem before is gone').toHaveCount(0);

    await studio.dropFiles([path.join(fixtures, 'enormous.png')]);
    await expect(studio.problem('enormous.png')).toContainText('the limit is 200 megapixels');

    await studio.openSample('Art');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await studio.dropFiles([letter]);
    // Both places are taken: which one is it for?
    const roles = page.getByRole('dialog', { name: 'What is this file for?' });
    await roles.getByLabel('Part of letter.png').selectOption('Target');
    await roles.getByRole('button', { name: 'Open' }).click();
    await expect(studio.problem('letter.png')).toBeVisible();
    await expect(studio.layer('Target'), 'what was open stays open').toContainText('art-disparity.png');
    await studio.problem('letter.png').getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await studio.chooseFilter('Bicubic');
    await studio.showActualSize();
  });

  test('do not keep the other file of the pair from opening', async ({ studio: page, folder }) => {
    const studio = new Studio(page);
    const map = await writeMap(folder, 'map.png', mapSize);
    const truncated = await writeTruncated(await writePhoto(folder, 'photo.png', photoSize), 'half.png');
    await studio.dropFiles([map, truncated]);
    await expect(studio.problem('half.png')).toContainText('damaged');
    await expect(studio.layer('Target')).toContainText('map.png');
    await expect(page.getByRole('button', { name: /Add the guidance/ })).toBeVisible();
    await stillWorks(studio, folder);
  });
});

test.describe('pairs that do not fit', () => {
  test('offer to crop the guidance or to stretch the target, and both work', async ({
    studio: page,
    folder,
  }) => {
    const studio = new Studio(page);
    const photo = await writePhoto(folder, 'photo.png', { width: 128, height: 64 });
    await studio.openFiles([photo, await writeMap(folder, 'map.png', { width: 8, height: 8 })]);
    await studio.chooseFilter('Guided filter');
    const problem = studio.problem(/128 × 64/);
    await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
    await problem.getByRole('button', { name: 'Crop the guidance' }).click();
    await expect(studio.layer('Result')).toContainText('64 × 64');
    await expect(
      page.getByText('Only the middle of the guidance is used: 64 × 64 of 128 × 64.'),
    ).toBeVisible();

    await page.keyboard.press('Control+z');
    await problem.getByRole('button', { name: 'Stretch the target' }).click();
    await expect(studio.layer('Result')).toContainText('128 × 64');
    await expect(page.getByText('The target is stretched to the shape of the guidance.')).toBeVisible();
    await studio.showActualSize();
    expect((await studio.readMiddle()).result).toBeGreaterThan(0);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('are swapped at a click when the target is the larger one', async ({ studio: page, folder }) => {
    const studio = new Studio(page);
    await studio.openFiles([
      await writePhoto(folder, 'photo.png', photoSize),
      await writeMap(folder, 'map.png', mapSize),
    ]);
    await expect(studio.layer('Target')).toContainText('map.png');
    await studio.chooseFilter('Guided filter');
    await page.getByRole('button', { name: 'Swap guidance and target' }).first().click();
    const problem = studio.problem(/larger/);
    await expect(problem).toContainText('96 × 64');
    await problem.getByRole('button', { name: 'Swap the two' }).click();
    await expect(studio.layer('Target')).toContainText('map.png');
    await expect(studio.layer('Result')).toContainText('96 × 64');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});

test.describe('odd files', () => {
  test('are opened with a note: print colours, 12 bits in 16', async ({ studio: page, folder }) => {
    const studio = new Studio(page);
    const cmyk = await writePhoto(folder, 'photo.jpg', photoSize, 'cmyk');
    await studio.openFiles([cmyk, await writeMap(folder, 'depth.png', mapSize)]);
    await studio.chooseFilter('Guided filter');
    const note = (layer: 'Target' | 'Guidance') => studio.layer(layer).getByRole('img', { name: /^Notes: / });
    await expect(note('Guidance')).toHaveAccessibleName(/CMYK/);
    await expect(note('Target')).toHaveAccessibleName(/12-bit/);
    await expect(studio.layer('Result')).toContainText('96 × 64');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('NaN and infinity are unknown, and are completed only when asked for', async ({
    studio: page,
    folder,
  }) => {
    const studio = new Studio(page);
    const value = (x: number) => (x < 6 ? 1 + x : [Number.NaN, Number.POSITIVE_INFINITY][x % 2]!);
    const depth = await writeNpy(folder, 'depth.npy', { ...mapSize, channels: 1, value });
    await studio.openFiles([await writePhoto(folder, 'photo.png', photoSize), depth]);
    await studio.chooseFilter('Guided filter');
    await expect(studio.layer('Target')).toContainText('50 % unknown');
    await studio.showActualSize();
    await studio.pointAtMiddle();
    await expect(page.getByTestId('readout')).toContainText(/target unknown.*result –/s);
    await page.getByRole('group', { name: 'Unknown pixels' }).getByText('Complete').click();
    await studio.settled();
    expect((await studio.readMiddle()).result).toBeGreaterThan(1);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});

test.describe('odd targets', () => {
  test('one without a known pixel is rescued by what its zeros mean', async ({ studio: page, folder }) => {
    const studio = new Studio(page);
    await studio.openFiles([
      await writePhoto(folder, 'photo.png', photoSize),
      await writeMap(folder, 'depth.png', mapSize, 0),
    ]);
    await studio.chooseFilter('Guided filter');
    await page.getByRole('button', { name: 'Target settings' }).click();
    await page.getByLabel('Unknown marker').selectOption('Zero is unknown');
    const problem = studio.problem('no known pixel');
    await problem.getByRole('button', { name: 'Take zeros as values' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await studio.showActualSize();
    expect(await studio.readMiddle()).toMatchObject({ target: 0, result: 0 });
  });

  test('a constant one stays constant, and this is said; so does a single pixel', async ({
    studio: page,
    folder,
  }) => {
    const studio = new Studio(page);
    const photo = await writePhoto(folder, 'photo.png', photoSize);
    await studio.openFiles([photo, await writeMap(folder, 'flat.png', mapSize, 4242)]);
    await expect(page.getByText('All known pixels of the target have the same value')).toBeVisible();
    await studio.chooseFilter('Guided filter');
    await studio.showActualSize();
    expect(await studio.readMiddle()).toMatchObject({ target: 4242, result: 4242 });

    await page.reload();
    await studio.openFiles([photo, await writeMap(folder, 'one.png', { width: 1, height: 1 }, 77)]);
    await expect(studio.layer('Target')).toContainText('1 × 1');
    await studio.chooseFilter('Guided filter');
    await studio.showActualSize();
    expect(await studio.readMiddle()).toMatchObject({ target: 77, result: 77 });
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});

test.describe('exports that cannot be written', () => {
  test('say why and write nothing: into no folder, onto a folder, without permission', async ({
    studio: page,
    folder,
  }) => {
    const studio = new Studio(page);
    await studio.openFiles([
      await writePhoto(folder, 'photo.png', photoSize),
      await writeMap(folder, 'map.png', mapSize),
    ]);
    await studio.chooseFilter('Guided filter');
    const before = await readdir(folder);

    await studio.beginExport(path.join(folder, 'none', 'result.png'));
    await expect(studio.problem(/no folder/)).toContainText('Create it, or choose a folder that exists.');
    const name = page.getByLabel('Path of the file');
    await name.fill(folder);
    await expect(studio.problem(/is a folder/)).toBeVisible();
    await name.fill('/proc/result.png');
    await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click();
    await expect(studio.problem('/proc')).toBeVisible();
    expect(await readdir(folder)).toEqual(before);

    const file = path.join(folder, 'result.png');
    await name.fill(file);
    await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click();
    await studio.exported(file);
    expect((await sharp(file).metadata()).width).toBe(96);
  });

  test.describe('onto a file the result is made from', () => {
    test.use({
      files: async ({ folder }, provide) =>
        provide([
          await writePhoto(folder, 'photo.png', photoSize),
          await writeMap(folder, 'map.png', mapSize),
        ]),
    });

    test('are refused even where replacing is allowed', async ({ studio: page, folder }) => {
      const studio = new Studio(page);
      await studio.chooseFilter('Guided filter');
      await expect(studio.layer('Result')).toContainText('96 × 64');
      const input = path.join(folder, 'map.png');
      const bytes = await readFile(input);
      await studio.beginExport(input);
      await studio.problem('already there').getByRole('button', { name: 'Replace it' }).click();
      const dialog = page.getByRole('dialog', { name: 'Export the result' });
      await dialog.getByRole('button', { name: 'Export', exact: true }).click();
      await expect(studio.problem(/input|made from/)).toBeVisible();
      expect(await readFile(input)).toEqual(bytes);
      expect((await readdir(folder)).sort()).toEqual(['map.png', 'photo.png']);

      const file = path.join(folder, 'result.png');
      await dialog.getByLabel('Path of the file').fill(file);
      await dialog.getByRole('button', { name: 'Export', exact: true }).click();
      await studio.exported(file);
    });
  });
});

test.describe('without its networks', () => {
  test.use({ models: 'missing' });
  test.beforeEach(({ shell }) => {
    test.skip(shell === 'electron', 'Electron runs the checkout, which has them.');
  });

  test('the application says so, and offers a filter that needs none', async ({ studio: page }) => {
    const studio = new Studio(page);
    await page.getByRole('button', { name: 'Open the sample Art' }).click();
    const problem = page.getByRole('alert').filter({ hasText: /model|network/i });
    await expect(problem).toBeVisible();
    await problem.getByRole('button', { name: /^Use .+ instead$/ }).click();
    await expect(studio.layer('Result')).toContainText('1376 × 1088');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await studio.showActualSize();
    expect((await studio.readMiddle()).result).toBeGreaterThan(0);
  });
});
