import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as ort from 'onnxruntime-node';

/**
 * measure_gpu.mjs PLAN TIMES SECONDS: runs the trials of a plan that gpu_plan.py has written, in their order, and writes
 * TIMES after each: times of networks, copies to and from the GPU included, and how far their results are from what is
 * expected. No trial begins after SECONDS. A trial that ended the process is told as failed when it is started again.
 */

const [planFile, timesFile, seconds] = process.argv.slice(2);
const folder = dirname(planFile);
const { milliseconds, trials } = JSON.parse(readFileSync(planFile, 'utf8'));
const report = existsSync(timesFile)
  ? JSON.parse(readFileSync(timesFile, 'utf8'))
  : { begun: 0, ended: 0, left: 0, times: [], differences: [], failures: [] };
const kinds = { graph, comparison, application };
const deadline = performance.now() + 1000 * Number(seconds);
const noises = new Map();

if (report.begun > report.ended) failed(trials[report.ended], 'It ended the process.');
for (const [index, trial] of trials.entries()) {
  if (index < report.begun) continue;
  if (performance.now() > deadline) break;
  report.begun = index + 1;
  keep();
  try {
    await kinds[trial.kind](trial);
    report.ended = index + 1;
  } catch (thrown) {
    failed(trial, String(thrown).slice(0, 300));
  }
  keep();
}
report.left = trials.length - report.ended;
keep();
process.stdout.write(`done, ${report.left} left\n`, () => process.exit(0));

function keep() {
  writeFileSync(timesFile, JSON.stringify(report, null, 1));
}

function failed(trial, reason) {
  report.ended = report.begun;
  report.failures.push({ ...trial, reason });
  console.log('failed', JSON.stringify(trial), reason);
}

/** A network at every size, or in tiles of every size. */
async function graph({ graph: file, weights, provider, options = {}, inputs, sizes, threads }) {
  const start = performance.now();
  const session = await open(file, weights, provider, options, threads);
  const opened = performance.now() - start;
  for (const { name, width, height, tile, halo } of sizes) {
    const tiles = tilesOf(width, height, tile, halo).map((size) => feedsOf(inputs, size));
    const run = async () => {
      const begin = performance.now();
      for (const feeds of tiles) await session.run(feeds);
      return { total: performance.now() - begin };
    };
    const about = {
      graph: file,
      provider,
      options,
      size: name,
      width,
      height,
      tiles: tiles.length,
      halo,
      opened,
    };
    await timed(about, run);
  }
  await session.release();
}

/** The application's own code, see scripts/benchGpu.mjs. */
async function application({ models, picture, size, ...wanted }) {
  const { open: opening } = await import(pathToFileURL(join(folder, 'application.mjs')).href);
  const { pass, ...about } = opening({
    ...wanted,
    models: join(folder, models),
    picture: join(folder, picture),
  });
  const { parameters, device: provider, width, height, precision } = wanted;
  await timed({ ...about, parameters, provider, precision, size, width, height, application: true }, pass);
}

/** @param pass one run: milliseconds by part, "total" being all of it */
async function timed(about, pass) {
  const first = (await pass()).total;
  // One more where it is no matter of seconds: the first one's kernels may still be tuned.
  if (first < 2000) await pass();
  const runs = [];
  const end = performance.now() + milliseconds;
  while (runs.length < 3 || (performance.now() < end && runs.length < 50)) {
    runs.push(withRest(await pass()));
    if (runs.length < 3 && performance.now() > end + 9 * milliseconds) break;
  }
  const of = (part) => runs.map((run) => run[part]).sort((a, b) => a - b);
  const totals = of('total');
  const median = totals[totals.length >> 1];
  const names = Object.keys(runs[0]).filter((part) => part !== 'total');
  const parts = Object.fromEntries(names.map((part) => [part, of(part)[runs.length >> 1]]));
  const some = names.length > 0 ? { parts } : {};
  report.times.push({ ...about, first, median, ...some, best: totals[0], runs: runs.length });
  console.log(
    about.graph ?? about.model,
    about.provider,
    about.precision ?? '',
    about.size,
    `${median.toFixed(1)} ms`,
  );
}

/** With "other", what is none of the parts. */
function withRest(run) {
  const parts = Object.entries(run).filter(([part]) => part !== 'total');
  if (parts.length === 0) return run;
  return { ...run, other: parts.reduce((left, [, spent]) => left - spent, run.total) };
}

/** Largest and root-mean-square difference from the expected values, in units of the target's range. */
async function comparison({ graph: file, weights, provider, inputs, expected }) {
  const session = await open(file, weights, provider, {});
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { file: held, dims, type = 'float32' }]) => [
      name,
      new ort.Tensor(type, values(held, type), dims),
    ]),
  );
  const [output] = Object.values(await session.run(feeds));
  const right = values(expected);
  const found = output.data instanceof Uint16Array ? Array.from(output.data, widened) : output.data;
  let [largest, squares] = [right.length === found.length ? 0 : Number.NaN, 0];
  right.forEach((value, i) => {
    const off = Math.abs(found[i] - value);
    if (!(off <= largest)) largest = off;
    squares += off * off;
  });
  report.differences.push({
    graph: file,
    provider,
    expected,
    largest,
    rms: Math.sqrt(squares / right.length),
  });
  console.log('difference', file, provider, expected, largest);
  await session.release();
}

function open(file, weights, provider, options, threads) {
  const ep = Object.keys(options).length > 0 ? { ep: { webgpuexecutionprovider: options } } : {};
  return ort.InferenceSession.create(readFileSync(join(folder, file)), {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    externalData: [{ path: basename(weights), data: readFileSync(join(folder, weights)) }],
    ...(threads ? { intraOpNumThreads: threads } : {}),
    interOpNumThreads: 1,
    enableMemPattern: false,
    logSeverityLevel: 3,
    extra: ep,
  });
}

/** Sides of the tiles with their halo, as the engine cuts them; the whole picture where `tile` is 0. */
function tilesOf(width, height, tile, halo) {
  if (!tile) return [[width, height]];
  const tiles = [];
  for (let y = 0; y < height; y += tile)
    for (let x = 0; x < width; x += tile)
      tiles.push([
        Math.min(width, x + tile + halo) - Math.max(0, x - halo),
        Math.min(height, y + tile + halo) - Math.max(0, y - halo),
      ]);
  return tiles;
}

function values(file, type = 'float32') {
  const bytes = readFileSync(join(folder, file));
  const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return type === 'float16' ? new Uint16Array(own) : new Float32Array(own);
}

/** The value of half precision's bits. */
function widened(bits) {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * 2 ** (Math.max(exponent, 1) - 25) * (exponent ? 1024 + fraction : fraction);
}

/** Noise of 0…1 for pictures; what is no picture has given dimensions and a mean of 1 over its longest. */
function feedsOf(inputs, [width, height]) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { channels, dims, type = 'float32' }]) => {
      const shape = dims ?? [1, channels, height, width];
      const count = shape.reduce((product, length) => product * length);
      const data = dims ? new Float32Array(count).fill(1 / Math.max(...dims)) : noise(count, type);
      return [name, new ort.Tensor(type, data, shape)];
    }),
  );
}

function noise(count, type) {
  const key = `${type} ${count}`;
  const make = () => {
    const data = type === 'float16' ? new Uint16Array(count) : new Float32Array(count);
    // Half precision: the bits of 0.5…1.
    for (let i = 0; i < count; i += 1)
      data[i] = type === 'float16' ? 0x3800 + 0x3ff * Math.random() : Math.random();
    return data;
  };
  if (!noises.has(key)) noises.set(key, make());
  return noises.get(key);
}
