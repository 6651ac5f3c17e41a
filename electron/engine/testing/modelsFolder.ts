import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const network = fileURLToPath(new URL('./fixtures/tiny-network.onnx', import.meta.url));

export interface ModelsFolder {
  readonly path: string;
  /** Rewrites the manifest. */
  write(manifest: unknown): void;
  remove(): void;
}

/** The tiny network in the place of DAGF: same inputs, one output, reach 2 (see fixtures/make-network.py). */
export function tinyManifest() {
  const bytes = readFileSync(network);
  return {
    version: 1,
    models: [
      {
        id: 'tiny',
        title: 'Tiny ×4',
        network: 'dagf',
        task: 'super-resolution',
        factor: 4,
        degradation: 'bicubic',
        precision: 'float32',
        parameters: 139,
        sizeMultiple: 8,
        inputs: { target: { name: 'target', channels: 1 }, guidance: { name: 'guidance', channels: 3 } },
        outputs: [
          {
            id: 'I_2',
            scale: 1,
            reach: 2,
            file: 'tiny-network.onnx',
            bytes: bytes.length,
            sha256: createHash('sha256').update(bytes).digest('hex'),
          },
        ],
        licence: 'MIT',
      },
    ],
  };
}

/** A folder of models with the tiny network in it. */
export function modelsFolder(): ModelsFolder {
  const path = mkdtempSync(join(tmpdir(), 'sidelight-models-'));
  copyFileSync(network, join(path, 'tiny-network.onnx'));
  const write = (manifest: unknown) => writeFileSync(join(path, 'manifest.json'), JSON.stringify(manifest));
  write(tinyManifest());
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}
