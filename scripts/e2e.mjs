import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build, isStale } from './build.mjs';
import { electronBinary, electronObstacle } from './electron.mjs';
import { root } from './root.mjs';

// End-to-end specs in a real browser, and in Electron where its binary is. Arguments go to Playwright.
if (isStale()) build();
const obstacle =
  electronBinary() === null
    ? 'its binary is not here; "npx install-electron" fetches it'
    : electronObstacle();
const { status } = spawnSync(
  process.execPath,
  [path.join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      SIDELIGHT_E2E_ELECTRON: obstacle === null ? electronBinary() : '',
      SIDELIGHT_E2E_ELECTRON_OBSTACLE: obstacle ?? '',
    },
  },
);
if (obstacle) console.log(`\nSKIPPED: every spec on Electron (${obstacle}).`);
process.exitCode = status ?? 1;
