import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The renderer: one page, served by either shell from dist/renderer. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    // The strict content security policy allows no inlined data in scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One window, loaded from this computer: splitting it would gain nothing.
    chunkSizeWarningLimit: 1500,
  },
});
