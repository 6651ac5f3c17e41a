import { defineConfig } from 'vite';

/** Everything that runs in Node. Packages stay in node_modules; only our own sources are bundled, one file a process. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist/electron',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: {
        cli: 'electron/cli/main.ts',
        engine: 'electron/engine/entry.ts',
        desktop: 'electron/shell/desktop/main.ts',
      },
      external: ['electron'],
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
});
