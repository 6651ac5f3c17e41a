import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { root } from './root.mjs';

// benchGpu.mjs FOLDER: writes FOLDER/application.mjs, which models/training/measure_gpu_dgf.py measures on a machine that has
// no more than Node.js and onnxruntime-node.

const [folder] = process.argv.slice(2);
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['onnxruntime-node'] },
  build: {
    ssr: true,
    outDir: path.resolve(folder),
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: fileURLToPath(new URL('./bench/dgfParts.ts', import.meta.url)),
      output: { entryFileNames: 'application.mjs' },
    },
  },
});
