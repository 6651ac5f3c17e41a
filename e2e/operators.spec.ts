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
});
