import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { browserPath, openWindow } from './window.mjs';

const photo = { width: 4000, height: 3000 };
const operators = [
  'L0 smoothing',
  'Multi-scale detail',
  'Photographic style',
  'Haze removal',
  'Auto retouch',
];
const views = ['fitted', '100 %'];
const movements = 60;
/** Movements of one checkout before the next one has its turn. */
const turn = 20;
/** Nothing has been drawn for so long: what was to come of a movement has come. Shorter than until a gesture rests. */
const quietMilliseconds = 220;
const movementPixels = 3;
/** Longest that is waited for the first part of a picture. */
const patienceMilliseconds = 10_000;
/** The same where perhaps nothing more comes. */
const impatienceMilliseconds = 1500;

/**
 * The strength of operators, dragged in the application: the browser shell, driven in Chromium as by a hand, with a photo
 * of 12 megapixels. The next movement of the pointer comes when the picture rests. What is measured is the time from the
 * movement (the event's own time stamp) to the last part of the picture drawn for it, and to the end of the next frame; for the
 * first movement of a gesture and for the engine's result after its end as well.
 * @param {readonly string[]} roots checkouts that were built, measured in turn
 * @returns null where there is no browser
 */
export async function measureApplication(roots) {
  const browser = browserPath(existsSync);
  if (browser === null) return null;
  const folder = mkdtempSync(path.join(tmpdir(), 'sidelight-bench-'));
  const windows = [];
  try {
    const file = path.join(folder, 'photo.png');
    await writePhoto(file);
    for (const root of roots) windows.push(await openWindow(root, file, browser, watch));
    const results = [];
    for (const view of views)
      for (const operator of operators) {
        for (const window of windows) await prepare(window.page, view, operator);
        const drags = windows.map(({ page }) => drag(page));
        const first = [];
        for (const one of drags) first.push((await one.next()).value.drawn);
        const times = windows.map(() => []);
        for (let begun = 0; begun < movements; begun += turn)
          for (const [at, one] of drags.entries())
            for (let i = 0; i < turn; i += 1) times[at].push((await one.next()).value);
        const released = [];
        for (const one of drags) released.push((await one.next('release')).value.drawn);
        for (const [at, measured] of times.entries())
          results.push({
            root: roots[at],
            view,
            operator,
            first: first[at],
            released: released[at],
            ...summary(measured),
          });
        for (const result of results.slice(-roots.length)) print(result, roots.length > 1);
      }
    return results;
  } finally {
    for (const { close } of windows) await close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function print({ root, view, operator, first, released, drawn, frame, count }, named) {
  const columns = [
    `${view.padEnd(8)}${operator.padEnd(18)}`,
    `drawn: ${inWords(drawn)}`,
    `with its frame: ${inWords(frame)}`,
    `${count} movements`,
    `the first: ${first.toFixed(0)} ms`,
    `computed anew after it: ${released === 0 ? 'nothing' : `${released.toFixed(0)} ms`}`,
    ...(named ? [root] : []),
  ];
  console.log(`  ${columns.join('   ')}`);
}

const inWords = ({ median, slow, most }) =>
  `${`${median.toFixed(0)} ms`.padStart(6)}, p95 ${`${slow.toFixed(0)} ms`.padStart(6)}, most ${`${most.toFixed(0)} ms`.padStart(6)}`;

function summary(measured) {
  const statistics = (values) => {
    const sorted = values.toSorted((a, b) => a - b);
    return {
      median: sorted[sorted.length >> 1],
      slow: sorted[Math.ceil(0.95 * sorted.length) - 1],
      most: sorted.at(-1),
    };
  };
  return {
    count: measured.length,
    drawn: statistics(measured.map(({ drawn }) => drawn)),
    frame: statistics(measured.map(({ frame }) => frame)),
  };
}

/** A soft picture with grain, as photographs are. */
async function writePhoto(file) {
  const noise = Uint8Array.from({ length: 3 * 500 * 375 }, () => 256 * Math.random());
  await sharp(noise, { raw: { width: 500, height: 375, channels: 3 } })
    .resize(photo)
    .png({ compressionLevel: 1 })
    .toFile(file);
}

/** Runs in the page before anything else: notes movements, what is drawn on the stage, and the frames. */
function watch() {
  const seen = { x: 0, moved: 0, drawn: 0, frame: 0, asked: false };
  window.sidelightBench = seen;
  const onMove = ({ type, clientX: x, timeStamp: moved }) => {
    // The browser makes up movements of its own where the page changes under the pointer.
    if (x !== seen.x || type === 'pointerup') Object.assign(seen, { x, moved, drawn: 0, frame: 0 });
  };
  for (const type of ['pointerdown', 'pointermove', 'pointerup']) addEventListener(type, onMove, true);
  const { drawImage } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.drawImage = function (...args) {
    drawImage.apply(this, args);
    if (!this.canvas.closest('[data-testid=stage]')) return;
    seen.drawn = performance.now();
    if (seen.asked) return;
    seen.asked = true;
    requestAnimationFrame(() => {
      seen.asked = false;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        seen.frame = performance.now();
      };
      port2.postMessage(null);
    });
  };
}

async function prepare(page, view, operator) {
  await page.getByLabel('Operator', { exact: true }).selectOption({ label: operator });
  await page.getByTestId('stage').focus();
  await page.keyboard.press(view === 'fitted' ? 'Control+0' : 'Control+1');
  await page.waitForTimeout(1000);
  await page.getByRole('contentinfo').getByText('Ready').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1000);
}

/** Takes hold of the slider, which moves it, and moves it on, a movement each turn; told to `release`, lets it go after one more. */
async function* drag(page) {
  const slider = page.getByRole('slider', { name: 'Strength' });
  await slider.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await slider.boundingBox();
  const right = x + width - 4;
  await page.mouse.move(right, y + height / 2);
  await page.waitForTimeout(1000);
  await page.evaluate(() => Object.assign(window.sidelightBench, { x: 0 }));
  await page.mouse.down();
  let wish = yield await rested(page);
  for (let k = 1; ; k += 1) {
    await page.mouse.move(right - ((k * movementPixels) % (width - 10)), y + height / 2);
    const measured = await rested(page);
    if (wish === 'release') break;
    wish = yield measured;
  }
  await page.mouse.up();
  yield await rested(page, impatienceMilliseconds);
}

/** Once nothing more is drawn: how long what was drawn took since the movement, milliseconds; 0 where nothing was. */
async function rested(page, patience = patienceMilliseconds) {
  const measured = await page.evaluate(waitForRest, { quiet: quietMilliseconds, patience });
  if (measured.drawn === 0 && patience === patienceMilliseconds) throw new Error('Nothing was drawn.');
  return measured;
}

/** In the page. */
async function waitForRest({ quiet, patience }) {
  const { sidelightBench: seen } = window;
  while (performance.now() - Math.max(seen.drawn, seen.moved) < (seen.drawn === 0 ? patience : quiet))
    await new Promise((done) => setTimeout(done, 20));
  return seen.drawn === 0
    ? { drawn: 0, frame: 0 }
    : { drawn: seen.drawn - seen.moved, frame: seen.frame - seen.moved };
}
