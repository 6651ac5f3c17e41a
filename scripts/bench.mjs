import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { pythonWith } from './bench/python.mjs';
import { race } from './bench/race.mjs';
import { measureApplication } from './bench/strengthApp.mjs';
import { build as buildApplication, isStale } from './build.mjs';
import { root } from './root.mjs';

// Speed and memory on the CPU: our guided filter, DAGF and DGF against OpenCV and PyTorch, where they are installed, and
// the application in a browser. Prints a table and writes dist/bench.json; an argument takes only the cases whose title has it. Times are medians; figures of different machines are not comparable,
// the ratios of one run are.

const guidedSizes = [
  { width: 1000, height: 1000 },
  { width: 2000, height: 2000 },
];
const guidedRadius = 8;
const networkSize = { width: 640, height: 480 };
const operatorSizes = [
  { width: 1000, height: 1000 },
  { width: 2048, height: 2048 },
];
const visible = { width: 1024, height: 1024 };
const repetitions = 9;
/** OpenCV's L0 smoothing takes seconds. */
const fewRepetitions = 3;
const applicationTitle =
  'strength-app: strength of operators dragged in the application, 12 MP photo, 1280 × 800';
const contenders = path.join(root, 'scripts', 'bench');
const built = path.join(root, 'dist', 'bench');

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: true,
    outDir: built,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: [
        new URL('./bench/guidedFilter.ts', import.meta.url),
        new URL('./bench/dagf.ts', import.meta.url),
        new URL('./bench/dgf.ts', import.meta.url),
        new URL('./bench/exactL0.ts', import.meta.url),
        new URL('./bench/strength.ts', import.meta.url),
      ].map((url) => fileURLToPath(url)),
      output: { entryFileNames: '[name].mjs' },
    },
  },
});

const every = [...guidedCases(), ...dagfCases(), ...dgfCases(), ...strengthCases()];
const isWanted = (title) => title.includes(process.argv[2] ?? '');
const cases = every.filter(({ title }) => isWanted(title));
const report = {
  date: new Date().toISOString(),
  machine: { cpu: os.cpus()[0]?.model ?? 'unknown', cores: os.cpus().length, node: process.version },
  repetitions,
  results: [],
};
for (const { title, width, height, competing, times = repetitions } of cases) {
  console.log(`${title}, ${width} × ${height}`);
  const results = await race(competing, times);
  for (const result of results) {
    const perMegapixel = result.milliseconds / ((width * height) / 1e6);
    const ratio = result.milliseconds / results[0].milliseconds;
    report.results.push({ case: title, width, height, ...result, perMegapixel, ratio });
    print(result, perMegapixel, ratio);
  }
}
if (isWanted(applicationTitle)) {
  console.log(applicationTitle);
  if (isStale()) buildApplication();
  report.application = await measureApplication([root]);
  if (report.application === null) console.log('  There is no browser: left out.');
}
mkdirSync(path.join(root, 'dist'), { recursive: true });
writeFileSync(path.join(root, 'dist', 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(
  `${report.machine.cpu}, ${report.machine.cores} cores, Node ${report.machine.node}; × is the time against Sidelight's; written to dist/bench.json`,
);

function print({ name, threads: used, milliseconds, best, slow, peakBytes }, perMegapixel, ratio) {
  const columns = [
    name.padEnd(24),
    `${used} ${used === 1 ? 'thread ' : 'threads'}`,
    `${milliseconds.toFixed(0)} ms`.padStart(9),
    `best ${best.toFixed(0)} ms`.padStart(12),
    `p95 ${slow.toFixed(0)} ms`.padStart(11),
    `${perMegapixel.toFixed(0)} ms/MP`.padStart(11),
    `×${ratio.toFixed(2)}`.padStart(7),
    `peak ${(peakBytes / 2 ** 20).toFixed(0)} MiB`.padStart(15),
  ];
  console.log(`  ${columns.join('  ')}`);
}

function guidedCases() {
  const python = pythonWith('import cv2; cv2.ximgproc.guidedFilter');
  if (!python) console.log('OpenCV with ximgproc is not installed: left out.');
  return guidedSizes.map(({ width, height }) => {
    const args = [width, height, guidedRadius].map(String);
    const competing = [
      { name: 'Sidelight', command: () => [process.execPath, path.join(built, 'guidedFilter.mjs'), ...args] },
    ];
    const opencv = path.join(contenders, 'opencv_guided.py');
    if (python) competing.push({ name: 'OpenCV ximgproc', command: () => [python, opencv, ...args] });
    return { title: `guided filter, colour, r = ${guidedRadius}`, width, height, competing };
  });
}

function dagfCases() {
  const folder = path.join(root, 'models');
  const manifest = path.join(folder, 'manifest.json');
  if (!existsSync(manifest)) {
    console.log('There is no models/manifest.json: DAGF is left out.');
    return [];
  }
  const python = pythonWith('import torch');
  if (!python) console.log('PyTorch is not installed: left out.');
  const { width, height } = networkSize;
  const size = [width, height].map(String);
  const { models } = JSON.parse(readFileSync(manifest, 'utf8'));
  const pytorch = path.join(contenders, 'pytorch_dagf.py');
  // All models of a variant have the same graph: one stands for them.
  const known = ['standard', 'fast'].map((wanted) => models.find(({ variant }) => variant === wanted));
  return known.filter(Boolean).flatMap(({ id, outputs, weights }) =>
    outputs
      .toSorted((a, b) => b.scale - a.scale)
      .map((output, i) => {
        const ours = [process.execPath, path.join(built, 'dagf.mjs'), folder, id, output.id, ...size];
        const theirs = [python, pytorch, path.join(folder, weights.file), ...size];
        const competing = [{ name: `Sidelight, ${output.id}`, command: () => ours }];
        if (python && i === 0)
          competing.push({ name: 'PyTorch', command: (threads) => [...theirs, String(threads)] });
        return { title: `DAGF (${id})`, width, height, competing };
      }),
  );
}

function dgfCases() {
  const folder = path.join(root, 'models');
  const python = pythonWith('import cv2; cv2.ximgproc.l0Smooth');
  return operatorSizes.map(({ width, height }) => {
    const size = [width, height].map(String);
    const ours = [process.execPath, path.join(built, 'dgf.mjs'), folder, 'l0-smoothing', ...size];
    const exact = [process.execPath, path.join(built, 'exactL0.mjs'), ...size];
    const competing = [
      { name: 'Sidelight, DGF', command: () => ours },
      { name: 'Sidelight, exact', command: () => exact },
    ];
    const opencv = path.join(contenders, 'opencv_l0.py');
    if (python) competing.push({ name: 'OpenCV l0Smooth', command: () => [python, opencv, ...size] });
    return { title: 'L0 smoothing', width, height, competing, times: fewRepetitions };
  });
}

/** The interface's own work: a visible region of one megapixel follows an operator's strength. */
function strengthCases() {
  const { width, height } = visible;
  const folder = path.join(root, 'models');
  const size = [width, height].map(String);
  const ours = [process.execPath, path.join(built, 'strength.mjs'), folder, 'l0-smoothing', ...size];
  const competing = [{ name: 'Sidelight, strength', command: () => ours }];
  return [{ title: 'strength of an operator, 12 MP photo', width, height, competing, times: 60 }];
}
