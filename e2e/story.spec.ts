import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from './fixtures';
import { Studio } from './studio';

const photo = path.resolve(import.meta.dirname, '../assets/samples/art-photo.jpg');
/** An 8-bit disparity written with 16 bits: 257 codes a value. */
const codesPerValue = 65535 / 255;
/** Shown values are rounded. */
const shownDigits = 0.06;

async function codes(file: string) {
  const picture = sharp(file);
  const { depth, width, height, channels } = await picture.metadata();
  const { data } = await picture
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const samples = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  return { depth, width, height, channels, at: (x: number, y: number) => samples[y * (width ?? 0) + x]! };
}

test('opens the sample, filters, compares, exports, and finds the same values in the export', async ({
  studio: page,
  folder,
}) => {
  const studio = new Studio(page);
  await studio.openSample('Art');
  await expect(studio.step(1)).toHaveAccessibleName(/DAGF/);
  await expect(studio.layer('Target')).toContainText('172 × 136');
  await expect(studio.layer('Result')).toContainText('1376 × 1088');

  const divider = page.getByRole('slider', { name: 'Divider between target and result' });
  await expect(divider).toBeVisible();
  const before = Number(await divider.getAttribute('aria-valuenow'));
  await divider.press('ArrowLeft');
  expect(Number(await divider.getAttribute('aria-valuenow'))).toBeLessThan(before);
  await page.keyboard.press('c');
  await expect(divider).toBeHidden();
  await page.keyboard.press('c');

  await studio.showActualSize();
  const places = [
    { x: 180, y: 160 },
    { x: 420, y: 330 },
    { x: 650, y: 500 },
  ];
  const shown = [];
  for (const place of places) shown.push(await studio.readAt(place));

  const file = path.join(folder, 'art-sharp.png');
  await studio.beginExport(file);
  await studio.exported(file);
  expect(await readdir(folder), 'nothing but the export is left').toEqual(['art-sharp.png']);
  const written = await codes(file);
  expect(written).toMatchObject({ depth: 'ushort', width: 1376, height: 1088, channels: 1 });
  for (const { x, y, result } of shown)
    expect(Math.abs(written.at(x, y) / codesPerValue - result), `at ${x}, ${y}`).toBeLessThan(shownDigits);

  await studio.openFiles([photo]);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.reload();
  await studio.openFiles([photo, file]);
  await expect(studio.layer('Target')).toContainText('1376 × 1088 · 16-bit');
  await studio.chooseFilter('Bicubic');
  await studio.showActualSize();
  for (const place of places) {
    const again = await studio.readAt(place);
    const value = written.at(again.x, again.y) / codesPerValue;
    expect(Math.abs(again.target - value), `target at ${again.x}, ${again.y}`).toBeLessThan(shownDigits);
    expect(Math.abs(again.result - value), `result at ${again.x}, ${again.y}`).toBeLessThan(shownDigits);
  }
});

test('goes on when the engine is killed in the middle of an export', async ({
  studio: page,
  folder,
  crashEngine,
}) => {
  const studio = new Studio(page);
  await studio.openSample('Moebius');
  // An export takes over what the preview has computed: with less to compute a fast machine would be through by now.
  await studio.chooseQuality('Best');
  const file = path.join(folder, 'moebius-sharp.png');
  await studio.beginExport(file);
  await expect(page.getByRole('progressbar', { name: 'Export' }).first()).toBeVisible();
  await expect.poll(async () => readdir(folder)).toEqual([]);
  crashEngine();
  await expect(page.getByText('The engine stopped unexpectedly and was started again.')).toBeVisible();
  await expect(page.getByText(/was started again, on the CPU/)).toBeVisible();
  await studio.exported(file);
  expect(await readdir(folder)).toEqual(['moebius-sharp.png']);
  expect(await codes(file)).toMatchObject({ depth: 'ushort', width: 1376, height: 1088 });
  await studio.showActualSize();
  const { result } = await studio.readAt({ x: 300, y: 300 });
  expect(result).toBeGreaterThan(0);
});

test('cancels an export, and nothing is written', async ({ studio: page, folder }) => {
  const studio = new Studio(page);
  await studio.openSample('Art');
  await studio.chooseQuality('Best');
  await studio.beginExport(path.join(folder, 'cancelled.png'));
  const dialog = page.getByRole('dialog', { name: 'Export the result' });
  // Before it runs, the form's own button is called Cancel, too.
  await expect(dialog.getByRole('progressbar', { name: 'Export' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(dialog.getByLabel('Path of the file'), 'the form is back').toBeVisible({ timeout: 60_000 });
  expect(await readdir(folder)).toEqual([]);
});

test.describe('answers of the shell that take long', () => {
  test.beforeEach(({ shell }) => {
    test.skip(shell === 'electron', 'Electron’s answers cannot be held up.');
  });

  /** Holds up the page's questions of this name; gives what lets them go on. */
  async function holdUp(page: Page, question: string): Promise<() => void> {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(`**/${question}`, async (route) => {
      await released;
      await route.continue();
    });
    return release;
  }

  test('a suggested place gives way to what is typed when it comes', async ({ studio: page, folder }) => {
    const studio = new Studio(page);
    await studio.openSample('Art');
    await studio.chooseFilter('Bicubic');
    const answer = await holdUp(page, 'suggestExportPath');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Export the result' });
    const field = dialog.getByLabel('Path of the file');
    await field.focus();
    await expect(field).toHaveValue('');
    answer();
    await expect(field).toHaveValue(/art-disparity/);
    const file = path.join(folder, 'typed.png');
    await page.keyboard.insertText(file);
    await expect(field).toHaveValue(file);
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await studio.exported(file);
  });

  test('an export cancelled before they come does not begin', async ({ studio: page, folder }) => {
    const studio = new Studio(page);
    await studio.openSample('Art');
    await studio.chooseFilter('Bicubic');
    const answer = await holdUp(page, 'nameExportPlace');
    await studio.beginExport(path.join(folder, 'cancelled.png'));
    const dialog = page.getByRole('dialog', { name: 'Export the result' });
    await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(dialog).toBeHidden();
    answer();
    // By the time that another one is there the first would be, too.
    const file = path.join(folder, 'exported.png');
    await studio.beginExport(file);
    await studio.exported(file);
    expect(await readdir(folder)).toEqual(['exported.png']);
  });
});

test('never overwrites an existing file without being told to', async ({ studio: page, folder }) => {
  const studio = new Studio(page);
  await studio.openSample('Art');
  await studio.chooseFilter('Bicubic');
  const file = path.join(folder, 'kept.png');
  await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } }).toFile(file);
  await studio.beginExport(file);
  const dialog = page.getByRole('dialog', { name: 'Export the result' });
  await expect(dialog.getByText('kept.png is already there, and nothing was written.')).toBeVisible();
  expect((await codes(file)).width).toBe(2);
  await dialog.getByRole('alert').getByRole('button', { name: 'Keep both' }).click();
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await studio.exported(path.join(folder, 'kept-2.png'));
  expect((await codes(file)).width).toBe(2);
});
