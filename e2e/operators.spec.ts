import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from './fixtures';
import { writePhoto } from './pictures';
import { Studio } from './studio';

test('an operator runs on a photo alone, and its strength leads from the photo to the full effect', async ({
  studio: page,
  folder,
}) => {
  const studio = new Studio(page);
  await page.getByRole('button', { name: 'Photo operator', exact: true }).click();
  await studio.openFiles([await writePhoto(folder, 'street.png', { width: 240, height: 160 })]);
  await expect(studio.layer('Target')).toContainText('street.png');
  await expect(studio.step(1)).toHaveAccessibleName(/Deep guided filter/);
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText(/uses its model “DGF L0 smoothing/);
  await studio.showActualSize();
  await expect(page.getByRole('alert')).toHaveCount(0);

  const strength = studio.step(1).getByLabel('Strength, value');
  const resultAt = async (percent: string) => {
    await strength.fill(percent);
    await page.keyboard.press('Enter');
    await studio.settled();
    await page.mouse.move(5, 5);
    return studio.readMiddle();
  };
  const full = await resultAt('100');
  const half = await resultAt('50');
  const none = await resultAt('0');
  expect(none.result, 'nothing of it').toBe(none.target);
  expect(full.result, 'it does something').not.toBe(full.target);
  expect(half.result).toBeCloseTo((full.result + full.target) / 2, 1);

  const track = (await studio.step(1).getByRole('slider', { name: 'Strength' }).boundingBox())!;
  const y = track.y + track.height / 2;
  await page.mouse.move(track.x + track.width * 0.1, y);
  await page.mouse.down();
  await page.mouse.move(track.x + track.width * 0.7, y, { steps: 40 });
  await page.mouse.up();
  await studio.settled();
  const share = Number.parseFloat(await strength.inputValue()) / 100;
  expect(share).toBeCloseTo(0.7, 1);
  const dragged = await studio.readMiddle();
  expect(dragged.result, 'where it was let go').toBeCloseTo(
    share * full.result + (1 - share) * full.target,
    0,
  );
});

test('the clone of auto retouch follows the sliders of its operator', async ({ studio: page, folder }) => {
  const studio = new Studio(page);
  await page.getByRole('button', { name: 'Photo operator', exact: true }).click();
  await studio.openFiles([await writePhoto(folder, 'street.png', { width: 240, height: 160 })]);
  await expect(studio.layer('Target')).toContainText('street.png');
  await expect(studio.step(1).getByRole('slider', { name: 'Light' })).toHaveCount(0);
  await studio.step(1).getByLabel('Operator').selectOption({ label: 'Auto retouch' });
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText(
    '“Auto retouch” itself is computed first',
  );
  await studio.showActualSize();

  const resultAt = async (light: string, colour: string) => {
    for (const [title, value] of Object.entries({ Light: light, Colour: colour })) {
      await studio.step(1).getByLabel(`${title}, value`).fill(value);
      await page.keyboard.press('Enter');
    }
    await studio.settled();
    await page.mouse.move(5, 5);
    return studio.readMiddle();
  };
  const full = await resultAt('1', '1');
  const half = await resultAt('0.5', '1');
  const none = await resultAt('0', '0');
  expect(none.result, 'nothing of it').toBeCloseTo(none.target, 0);
  const effect = (one: typeof full) => Math.abs(one.result - one.target);
  expect(effect(full), 'all of it').toBeGreaterThan(effect(half) + 1);
  expect(effect(half), 'half of the light').toBeGreaterThan(1);
});

test('the look of a photograph of one’s own is taken on, and another one changes the result', async ({
  studio: page,
  folder,
}) => {
  const photograph = async (name: string, dark: string, light: string) => {
    const file = path.join(folder, name);
    const half = { create: { width: 32, height: 48, channels: 3 as const, background: light } };
    await sharp({ create: { width: 64, height: 48, channels: 3, background: dark } })
      .composite([{ input: half, gravity: 'east' }])
      .toFile(file);
    return file;
  };
  const studio = new Studio(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Photo operator', exact: true }).click();
  await studio.openFiles([await writePhoto(folder, 'street.png', { width: 240, height: 160 })]);
  await expect(studio.layer('Target')).toContainText('street.png');
  await studio.chooseFilter('Photographic style');
  await studio.step(1).getByText('Own', { exact: true }).click();
  await expect(studio.problem('No photograph is chosen yet.')).toBeVisible();
  const choose = async (button: string, file: string) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser', { timeout: 15_000 }),
      studio.step(1).getByRole('button', { name: button }).click(),
    ]);
    expect(await chooser.element().getAttribute('accept')).toMatch(/\.jpe?g\b/);
    await chooser.setFiles(file);
  };
  const resultWith = async (button: string, name: string, dark: string, light: string) => {
    await choose(button, await photograph(name, dark, light));
    await expect(studio.step(1).getByRole('button', { name: `Photograph: ${name}` })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await studio.showActualSize();
    await page.mouse.move(5, 5);
    return (await studio.readMiddle()).result;
  };
  const night = await resultWith('Choose the photograph', 'night.png', '#000', '#404040');
  const snow = await resultWith('Photograph: night.png', 'snow.jpg', '#b0b0b0', '#fff');
  expect(night).toBeLessThan(100);
  expect(snow).toBeGreaterThan(160);

  const flat = path.join(folder, 'flat.png');
  await sharp({ create: { width: 20, height: 20, channels: 3, background: '#888' } }).toFile(flat);
  await choose('Photograph: snow.jpg', flat);
  await expect(studio.step(1).getByRole('alert')).toContainText('equally bright everywhere');
  await expect(studio.step(1).getByRole('button', { name: 'Photograph: snow.jpg' })).toBeVisible();
  await studio.step(1).getByRole('button', { name: 'Dismiss' }).click();

  const output = path.join(folder, 'styled.png');
  await studio.beginExport(output);
  await studio.exported(output);
  expect((await sharp(output).stats()).channels[0]!.mean).toBeGreaterThan(160);
});
