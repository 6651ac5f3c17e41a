import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { writeMap, writePhoto } from './pictures';
import { Studio } from './studio';

const photoSize = { width: 480, height: 320 };
const mapSize = { width: 60, height: 40 };

/** Every test begins with a pair named on the command line, read and filtered. */
test.use({
  files: async ({ folder }, provide) =>
    provide([await writePhoto(folder, 'photo.png', photoSize), await writeMap(folder, 'depth.png', mapSize)]),
});

async function openPair(page: Page): Promise<Studio> {
  const studio = new Studio(page);
  await studio.chooseFilter('Guided filter');
  await expect(studio.layer('Result')).toContainText('480 × 320');
  await expect(studio.layer('Target')).toContainText('depth.png');
  await expect(studio.layer('Guidance')).toContainText('photo.png');
  await studio.settled();
  return studio;
}

const zoomShown = async (page: Page) =>
  Number.parseFloat((await page.getByRole('button', { name: 'Zoom', exact: true }).textContent()) ?? 'NaN');

test('zooms at the pointer, by wheel, keys and menu, and pans', async ({ studio: page }) => {
  const studio = await openPair(page);
  const fitted = await zoomShown(page);
  await studio.showActualSize();
  expect(await zoomShown(page)).toBe(100);

  const place = { x: 420, y: 330 };
  const before = await studio.readAt(place);
  await page.mouse.wheel(0, -600);
  expect(await zoomShown(page)).toBeGreaterThan(200);
  await studio.settled();
  const zoomed = await studio.readAt(place);
  expect(Math.abs(zoomed.x - before.x), 'the point under the pointer stays').toBeLessThanOrEqual(1);
  expect(Math.abs(zoomed.y - before.y)).toBeLessThanOrEqual(1);

  const zoom = (await zoomShown(page)) / 100;
  const stage = (await page.getByTestId('stage').boundingBox())!;
  await page.mouse.down();
  await page.mouse.move(stage.x + place.x - 120, stage.y + place.y - 60, { steps: 4 });
  await page.mouse.up();
  await studio.settled();
  const panned = await studio.readAt(place);
  expect(Math.abs(panned.x - zoomed.x - 120 / zoom)).toBeLessThanOrEqual(1.5);
  expect(Math.abs(panned.y - zoomed.y - 60 / zoom)).toBeLessThanOrEqual(1.5);

  await page.keyboard.press('0');
  expect(await zoomShown(page)).toBe(fitted);
  await page.keyboard.press('z');
  expect(await zoomShown(page)).toBe(100);
  await page.keyboard.press('+');
  expect(await zoomShown(page)).toBe(150);
  await page.getByRole('button', { name: 'Zoom', exact: true }).click();
  await page.getByRole('menuitem', { name: '50 %', exact: true }).click();
  expect(await zoomShown(page)).toBe(50);
});

test('compares in every way, and shows one layer alone', async ({ studio: page }) => {
  await openPair(page);
  const main = page.getByRole('main');
  const divider = page.getByRole('slider', { name: 'Divider between target and result' });
  const name = (text: string) => main.getByText(text, { exact: true });
  const stage = page.getByTestId('stage');
  await stage.focus();

  await expect(divider).toBeVisible();
  await page.keyboard.press('c');
  await expect(divider).toBeHidden();
  await expect(name('Target'), 'side by side both are named').toBeVisible();
  await expect(name('Result')).toBeVisible();
  await page.keyboard.press('c');
  await expect(name('Target'), 'one picture is the result').toBeHidden();

  const result = await stage.screenshot();
  await page.keyboard.down('\\');
  await expect(name('Target')).toBeVisible();
  expect((await stage.screenshot()).equals(result), 'the target looks different').toBe(false);
  await page.keyboard.up('\\');
  await expect(name('Target')).toBeHidden();
  expect((await stage.screenshot()).equals(result), 'and the result is back').toBe(true);

  await page.keyboard.press('3');
  await expect(name('Guidance')).toBeVisible();
  await page.keyboard.press('1');
  await expect(name('Result')).toBeVisible();
  await page.keyboard.press('1');
  await expect(name('Result')).toBeHidden();
});

test('one drag of a slider is one undo', async ({ studio: page }) => {
  const studio = await openPair(page);
  const radius = studio.step(1).getByRole('slider', { name: 'Radius' });
  const value = async () => Number(await radius.getAttribute('aria-valuenow'));
  const original = await value();
  const track = (await radius.boundingBox())!;
  const y = track.y + track.height / 2;
  await page.mouse.move(track.x + track.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(track.x + track.width * 0.8, y, { steps: 8 });
  await page.mouse.up();
  const dragged = await value();
  expect(dragged).toBeGreaterThan(original);

  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await value()).toBe(original);
  await expect(page.getByLabel('Filter of step 1'), 'the filter is an entry of its own').toHaveValue(
    'guided-filter',
  );
  await page.keyboard.press('Control+Shift+z');
  expect(await value()).toBe(dragged);
  await radius.dblclick({ position: { x: 4, y: 8 } });
  expect(await value()).toBe(original);
});

test('a closed pair comes back whole', async ({ studio: page, folder }) => {
  const studio = await openPair(page);
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Close the pair' }).click();
  await studio.openFiles([
    await writePhoto(folder, 'photo.png', photoSize),
    await writeMap(folder, 'depth.png', mapSize),
  ]);
  await studio.chooseFilter('Guided filter');
  await studio.showActualSize();
  expect((await studio.readMiddle()).result, 'on a canvas of its own').toBeGreaterThan(0);
  // Back before the files were opened, and forward again.
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Open files…' })).toBeVisible();
  await page.keyboard.press('Control+y');
  await page.keyboard.press('Control+y');
  await studio.settled();
  expect((await studio.readMiddle()).result).toBeGreaterThan(0);
});

test('goes from the start screen to the export by keys alone', async ({ studio: page }) => {
  const studio = await openPair(page);
  await page.getByTestId('stage').focus();
  const panels = page.getByRole('complementary', { name: 'Layers and steps' });
  await page.keyboard.press('Tab');
  await expect(panels).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(panels).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('close the pair');
  await page.keyboard.press('Enter');
  const sample = page.getByRole('button', { name: 'Open the sample Art' });
  await expect(sample).toBeVisible();
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Tab');
    if (await sample.evaluate((button) => button === document.activeElement)) break;
  }
  await page.keyboard.press('Enter');
  await expect(studio.layer('Result')).toContainText('1376 × 1088');
  await page.keyboard.press('Control+e');
  const dialog = page.getByRole('dialog', { name: 'Export the result' });
  await expect(dialog.getByLabel('Path of the file')).toHaveValue(/art-disparity-sidelight.*\.png$/);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('files are dropped: a pair on the window, another on the place of its layer', async ({
  studio: page,
  folder,
}) => {
  const studio = await openPair(page);
  await page.getByRole('button', { name: 'Swap guidance and target' }).first().click();
  await expect(studio.layer('Target')).toContainText('photo.png');
  await studio.dropFiles([
    await writeMap(folder, 'other-depth.png', mapSize),
    await writePhoto(folder, 'other-photo.png', photoSize),
  ]);
  await expect(studio.layer('Target')).toContainText('other-depth.png');
  await expect(studio.layer('Guidance')).toContainText('other-photo.png');
  const third = await writePhoto(folder, 'third.png', photoSize);
  await studio.dropFiles([third], studio.layer('Guidance'));
  await expect(studio.layer('Guidance')).toContainText('third.png');
  await expect(studio.layer('Target')).toContainText('other-depth.png');
  await expect(page.getByRole('alert')).toHaveCount(0);
});
