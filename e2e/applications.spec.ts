import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from './fixtures';
import { writeClassMap, writeMap, writePhoto } from './pictures';
import { Studio } from './studio';

const small = { width: 96, height: 64 };

const missing = (page: Page) => page.getByRole('complementary').getByText(/^Needs /);
const choices = (within: Locator, name: string) => within.getByRole('group', { name, exact: true });

test('a preset sets everything at once, says what is missing, and is undone in one step', async ({
  studio: page,
  folder,
}) => {
  const studio = new Studio(page);
  await page.getByRole('button', { name: 'Flash and no flash', exact: true }).click();
  await expect(page.getByRole('button', { name: /Photo without flash/ })).toContainText('to restore');
  const flash = await writePhoto(folder, 'cave_flash.png', small);
  await studio.openFiles([await writePhoto(folder, 'cave_noflash.png', small)]);
  await expect(studio.layer('Target')).toContainText('cave_noflash.png');
  await expect(missing(page)).toHaveText('Needs the photo with flash.');
  await expect(
    page.getByRole('alert').getByRole('button', { name: 'Choose the photo with flash…' }),
  ).toBeVisible();
  await page.getByRole('button', { name: /Add the photo with flash…/ }).waitFor();
  await studio.openFiles([flash]);
  await expect(studio.layer('Guidance')).toContainText('cave_flash.png');
  await expect(missing(page)).toHaveCount(0);
  await expect(studio.step(1)).toHaveAccessibleName(/DAGF/);
  await expect(choices(studio.step(1), 'Noise of the target').getByLabel('Noisy')).toBeChecked();
  await studio.settled();
  await expect(page.getByRole('alert')).toHaveCount(0);

  await studio.choosePreset('Texture removal');
  await expect(choices(studio.step(1), 'Guided by').getByLabel('Itself')).toBeChecked();
  await expect(studio.step(1).getByLabel('Iterations, value')).toHaveValue('4 ×');
  await page.getByTestId('stage').focus();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Preset: Flash and no flash', exact: true })).toBeVisible();
  await expect(studio.step(1).getByLabel('Iterations, value')).toHaveValue('1 ×');

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find an action' }).fill('preset class');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Preset: Class map', exact: true })).toBeVisible();
});

test('texture is removed from one picture, and every iteration can be looked at', async ({
  studio: page,
  folder,
}) => {
  const studio = new Studio(page);
  await page.getByRole('button', { name: 'Texture removal', exact: true }).click();
  await studio.openFiles([await writePhoto(folder, 'mosaic.png', small)]);
  await expect(studio.layer('Target')).toContainText('mosaic.png');
  await expect(page.getByRole('button', { name: /Add the guidance/ }), 'it guides itself').toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText(
    /DAGF uses its model “[^”]*texture/,
  );
  await studio.settled();
  await expect(page.getByRole('alert')).toHaveCount(0);
  // A filter that changes every value of this picture in every iteration.
  await studio.chooseFilter('Guided filter');
  await studio.step(1).getByLabel('Smoothing, value').fill('1');
  await page.keyboard.press('Enter');
  await expect(studio.step(1).getByLabel('Iterations, value'), 'the step stays as it was').toHaveValue('4 ×');
  await studio.showActualSize();
  const { result } = await studio.readMiddle();

  await page.getByRole('button', { name: 'After iteration 2', exact: true }).click();
  const mark = page.getByRole('button', { name: 'After iteration 2 of 4', exact: true });
  await expect(mark).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Divider between target and result' })).toBeVisible();
  await expect(studio.layer('Result')).toContainText('shown after iteration 2');
  await studio.settled();
  await studio.pointAtMiddle();
  const readout = page.getByTestId('readout');
  await expect(readout).toHaveText(/iteration 2 \d/);
  await expect(readout).toHaveAttribute('aria-busy', 'false');
  const shown = Number(/iteration 2\s*([\d.]+)/.exec((await readout.textContent()) ?? '')?.[1]);
  expect(Math.abs(shown - result), 'another picture than the result').toBeGreaterThan(0.5);

  const file = path.join(folder, 'smooth.png');
  await studio.beginExport(file);
  await studio.exported(file);
  await page.getByTestId('stage').focus();
  await page.keyboard.press('[');
  await expect(page.getByRole('button', { name: 'After iteration 1 of 4', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: / of 4$/ })).toHaveCount(0);
  const again = await studio.readMiddle();
  expect(again.result).toBe(result);
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  const written = data[(again.y * info.width + again.x) * info.channels]!;
  expect(Math.abs(written - result), 'the export is the result').toBeLessThanOrEqual(0.5);
});

test('the weights follow the noise of the target, and the user’s word before that', async ({
  studio: page,
  folder,
}) => {
  const studio = new Studio(page);
  const files = [
    await writePhoto(folder, 'photo.png', small),
    await writeMap(folder, 'depth.png', { width: 12, height: 8 }),
  ];
  await studio.openFiles(files);
  await expect(studio.step(1)).toHaveAccessibleName(/DAGF/);
  const notices = page.getByRole('region', { name: 'Steps' });
  await expect(notices).toContainText('DAGF uses its model “DAGF ×8”.');
  const noise = choices(studio.step(1), 'Noise of the target');
  await expect(noise.getByLabel('Automatic')).toBeChecked();
  await noise.getByText('Noisy').click();
  await expect(notices).toContainText(
    /DAGF uses its model “[^”]*nois|There are no weights for noisy targets/i,
  );
  await page.getByLabel('What the target lacks').selectOption({ label: 'Pixels picked' });
  await expect(noise, 'makes no difference there').toHaveCount(0);
});

test('a class map keeps its labels, in colours of their own', async ({ studio: page, folder }) => {
  const studio = new Studio(page);
  await page.getByRole('button', { name: 'Class map', exact: true }).click();
  const labels = [0, 7, 300];
  await studio.openFiles([
    await writePhoto(folder, 'photo.png', small),
    await writeClassMap(folder, 'labels.png', { width: 12, height: 8 }, labels),
  ]);
  await studio.chooseFilter('Guided filter');
  await expect(page.getByRole('figure', { name: 'Colours: labels' })).toHaveText('07300');
  await studio.showActualSize();
  expect(await studio.readMiddle()).toMatchObject({ target: 300, result: 300 });
  const file = path.join(folder, 'classes.png');
  await studio.beginExport(file);
  await studio.exported(file);
  const picture = sharp(file);
  expect((await picture.metadata()).depth).toBe('ushort');
  const { data } = await picture
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const written = new Set(new Uint16Array(data.buffer, data.byteOffset, data.length / 2));
  expect([...written].sort((a, b) => a - b)).toEqual(labels);
});

test('a preview that takes long says so, and can be stopped', async ({ studio: page, folder }) => {
  const studio = new Studio(page);
  await page.getByRole('button', { name: 'Texture removal', exact: true }).click();
  await studio.openFiles([await writePhoto(folder, 'large.png', { width: 800, height: 600 })]);
  await studio.chooseFilter('Relative total variation');
  await expect(page.getByRole('progressbar', { name: 'Preview' })).toBeVisible();
  await page.getByRole('button', { name: 'Stop the preview' }).click();
  const status = page.getByRole('contentinfo');
  await expect(status).toContainText('Preview stopped');
  await page.getByRole('button', { name: 'Go on with the preview' }).click();
  await expect(status).toContainText('Rendering');
  await page.getByTestId('stage').focus();
  await page.keyboard.press('Control+.');
  await expect(status).toContainText('Preview stopped');
  // Another result is asked for as usual.
  await studio.chooseFilter('Bicubic');
  await studio.settled();
});
