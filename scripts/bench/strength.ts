import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import type { EngineArgs } from '../../electron/contract/engine';
import { Engine } from '../../electron/engine/engine';
import { OwnModels } from '../../electron/engine/own/ownModels';
import { physicalCores } from '../../electron/engine/providers/cores';
import { onnxRuntimeProviders } from '../../electron/engine/providers/onnxRuntime';
import { Session } from '../../electron/engine/session';
import { dgf } from '../../electron/filters/dgf';
import { defaultStep } from '../../electron/recipe/defaults';
import { compete } from './contender';

/**
 * strength.mjs MODELS_FOLDER OPERATOR WIDTH HEIGHT: a photo of 12 megapixels; every run moves the strength of an operator
 * and renders a visible region of this size at 100 %, in the interface's tiles, as the engine does for it.
 */
const [modelsFolder, operator, ...size] = process.argv.slice(2) as [string, string, ...string[]];
const [visibleWidth, visibleHeight] = size.map(Number) as [number, number];
const photo = { width: 4000, height: 3000 };
const tile = 256;
const place = { x: 1024, y: 1024 };

const folder = mkdtempSync(path.join(tmpdir(), 'sidelight-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'photo.png');
const noise = Uint8Array.from({ length: 3 * photo.width * photo.height }, () => 256 * Math.random());
await sharp(noise, { raw: { ...photo, channels: 3 } })
  .png({ compressionLevel: 0 })
  .toFile(file);

const nothing = () => Promise.reject(new Error('There is nothing to try here.'));
const engine = new Engine(
  // As in the application.
  {
    modelsFolder,
    device: 'cpu',
    tileBytes: 640 * 2 ** 20,
    cacheBytes: 192 * 2 ** 20,
    sessions: 2,
    logLevel: 'silent',
  },
  onnxRuntimeProviders,
  nothing,
  new OwnModels(nothing, nothing),
);
const session = new Session(engine, () => undefined);
engine.files.permitReading(file, file);
await session.openSource({
  sourceId: 'target',
  fileId: file,
  role: 'target',
  unknownMarker: 'none',
  unit: 'none',
});
const step = defaultStep(dgf.description, 'dgf');
const request = (opacity: number, generation: number): Omit<EngineArgs<'renderTile'>, 'region'> => ({
  document: {
    target: 'target',
    guidance: null,
    processing: {
      fit: 'refuse',
      unknown: 'complete',
      targetValues: 'continuous',
      steps: [{ ...step, opacity, parameters: { ...step.parameters, operator } }],
    },
  },
  layer: 'result',
  level: 0,
  display: { colormap: 'grey', range: { min: 0, max: 255 }, markSaturated: false },
  generation,
});
let generation = 0;
await compete(physicalCores(), async () => {
  generation += 1;
  const asked = request((generation % 90) / 100, generation);
  for (let y = 0; y < visibleHeight; y += tile)
    for (let x = 0; x < visibleWidth; x += tile)
      await session.renderTile({
        ...asked,
        region: { x: place.x + x, y: place.y + y, width: tile, height: tile },
      });
});
