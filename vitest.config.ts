import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['electron/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    // Processes, not threads: native addons (onnxruntime, sharp) do not survive a terminated worker.
    pool: 'forks',
    testTimeout: 30_000,
    globalSetup: 'vitest.globalSetup.mjs',
  },
});
