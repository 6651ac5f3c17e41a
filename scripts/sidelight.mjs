#!/usr/bin/env node
import { existsSync } from 'node:fs';

const cli = new URL('../dist/electron/cli.mjs', import.meta.url);
if (existsSync(cli)) {
  await import(cli.href);
} else {
  console.error('Sidelight is not built yet. Run "npm run build" in its folder.');
  process.exitCode = 1;
}
