import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from './fixtures';
import { Studio } from './studio';

const photo = fileURLToPath(new URL('../assets/samples/art-photo.jpg', import.meta.url));

test('a dragged strength is mixed on the screen, and looks like what the engine makes of it', async ({
  studio: page,
}) => {
  const studio = new Studio(page);
  await page.getByRole('button', { name: 'Photo operator', exact: true }).click();
  await studio.openFiles([photo]);
  await expect(studio.layer('Target')).toContainText('art-photo.jpg');
  await studio.showActualSize();
  await page.evaluate(noteShares);

  const { x, y, width, height } = (await studio
    .step(1)
    .getByRole('slider', { name: 'Strength' })
    .boundingBox())!;
  const moveTo = (share: number) => page.mouse.move(x + share * width, y + height / 2);
  const shares = () => page.evaluate(() => (window as Noting).drawnShares!.splice(0));
  await moveTo(0.9);
  await page.mouse.down();
  await expect.poll(shares).toContainEqual(expect.closeTo(0.9, 1));
  for (const share of [0.7, 0.2, 0.6]) {
    await moveTo(share);
    await expect.poll(shares, 'every position').toContainEqual(expect.closeTo(share, 1));
  }
  const stage = (await page.getByTestId('stage').boundingBox())!;
  // Between the divider and the readouts at the edge.
  const clip = {
    x: stage.x + stage.width / 2 + 30,
    y: stage.y + stage.height / 4,
    width: stage.width / 4,
    height: stage.height / 2,
  };
  const look = async () =>
    sharp(await page.screenshot({ clip }))
      .removeAlpha()
      .raw()
      .toBuffer();
  await moveTo(0.5);
  await expect.poll(shares, 'the last position').toContainEqual(expect.closeTo(0.5, 1));
  let mixed = await look();
  const isStill = async () => {
    const before = mixed;
    mixed = await look();
    return mixed.equals(before);
  };
  await expect.poll(isStill, { message: 'both ends are there', intervals: [1000] }).toBe(true);
  await page.mouse.up();
  await studio.settled();
  await shares();
  const computed = await look();
  const differences = computed.map((level, at) => Math.abs(level - mixed[at]!));
  expect(differences.reduce((sum, one) => sum + one, 0) / differences.length).toBeLessThan(1);

  await studio.step(1).getByLabel('Strength, value').fill('100');
  await page.keyboard.press('Enter');
  await studio.settled();
  const full = await look();
  const effect = full.map((level, at) => Math.abs(level - computed[at]!));
  expect(effect.reduce((sum, one) => sum + one, 0) / effect.length, 'it does something').toBeGreaterThan(1);
});

type Noting = Window & { drawnShares?: number[] };

/** In the page: notes how much of each picture is drawn. */
function noteShares(): void {
  const drawn: number[] = [];
  (window as Noting).drawnShares = drawn;
  const prototype = CanvasRenderingContext2D.prototype;
  const { drawImage } = prototype;
  prototype.drawImage = function (this: CanvasRenderingContext2D, ...args: unknown[]) {
    if (this.globalAlpha < 1) drawn.push(this.globalAlpha);
    return Reflect.apply(drawImage, this, args);
  };
}
