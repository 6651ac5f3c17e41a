import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';

/**
 * measure_gpu.mjs FOLDER: runs the plan in FOLDER/plan.json, which measure_gpu.py writes, and writes
 * FOLDER/times.json: times of networks, copies to and from the GPU included, and how far their results are from the CPU's.
 */

const folder = process.argv[2];
const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));
const report = { times: [], differences: [] };

for (const trial of plan.comparisons) await attempt(trial, () => compared(trial));
for (const trial of plan.trials) await attempt(trial, () => timed(trial));
process.stdout.write('done\n', () => process.exit(0));

async function attempt(trial, work) {
  try {
    await work();
  } catch (thrown) {
    report.times.push({ ...trial, failed: String(thrown).slice(0, 300) });
    console.log('failed', JSON.stringify(trial), String(thrown).slice(0, 200));
  }
  writeFileSync(join(folder, 'times.json'), JSON.stringify(report, null, 1));
}

async function timed({ graph, weights, provider, options, sizes }) {
  const start = performance.now();
  const session = await open(graph, weights, provider, options);
  const opened = performance.now() - start;
  for (const { name, width, height, tile, halo } of sizes) {
    const tiles = tilesOf(width, height, tile, halo).map(([w, h]) => ({
      target: noise(1, w, h),
      guidance: noise(3, w, h),
    }));
    const pass = async () => {
      const begin = performance.now();
      for (const feeds of tiles) await session.run(feeds);
      return performance.now() - begin;
    };
    const first = await pass();
    await pass();
    const times = [];
    const end = performance.now() + plan.milliseconds;
    while (times.length < 3 || (performance.now() < end && times.length < 50)) times.push(await pass());
    times.sort((a, b) => a - b);
    const median = times[times.length >> 1];
    report.times.push({
      graph,
      provider,
      options,
      size: name,
      width,
      height,
      tiles: tiles.length,
      halo,
      opened,
      first,
      median,
      best: times[0],
      runs: times.length,
    });
    console.log(graph, provider, JSON.stringify(options), name, `${median.toFixed(1)} ms`);
  }
  await session.release();
}

/** Largest and root-mean-square difference from the expected values, in units of the target's range. */
async function compared({ graph, weights, provider, target, guidance, expected, width, height }) {
  const session = await open(graph, weights, provider, {});
  const feeds = { target: picture(target, 1, width, height), guidance: picture(guidance, 3, width, height) };
  const [output] = Object.values(await session.run(feeds));
  const right = values(expected);
  let [largest, squares] = [right.length === output.data.length ? 0 : Number.NaN, 0];
  right.forEach((value, i) => {
    const off = Math.abs(output.data[i] - value);
    if (!(off <= largest)) largest = off;
    squares += off * off;
  });
  report.differences.push({ graph, provider, expected, largest, rms: Math.sqrt(squares / right.length) });
  console.log('difference', graph, provider, expected, largest);
  await session.release();
}

function open(graph, weights, provider, options) {
  const ep = Object.keys(options).length > 0 ? { ep: { webgpuexecutionprovider: options } } : {};
  return ort.InferenceSession.create(readFileSync(join(folder, graph)), {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    externalData: [{ path: weights, data: readFileSync(join(folder, weights)) }],
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

function values(file) {
  const bytes = readFileSync(join(folder, file));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

function picture(file, channels, width, height) {
  return new ort.Tensor('float32', values(file), [1, channels, height, width]);
}

function noise(channels, width, height) {
  const data = Float32Array.from({ length: channels * width * height }, () => Math.random());
  return new ort.Tensor('float32', data, [1, channels, height, width]);
}
