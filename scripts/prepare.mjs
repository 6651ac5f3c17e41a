import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, canBuild } from './build.mjs';
import { root } from './root.mjs';

// Runs at the end of `npm ci`: after it, `npx sidelight` and `npm start` work without another step.
linkCommand();
if (canBuild()) build();
else console.error('Sidelight was not built: its development dependencies are not installed.');

/** npm links the commands of dependencies, but not a project's own. */
function linkCommand() {
  const folder = path.join(root, 'node_modules', '.bin');
  if (!existsSync(path.join(root, 'node_modules'))) return;
  mkdirSync(folder, { recursive: true });
  const link = path.join(folder, 'sidelight');
  rmSync(link, { force: true });
  if (process.platform === 'win32') {
    writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\scripts\\sidelight.mjs" %*\r\n');
    return;
  }
  const script = path.join(root, 'scripts', 'sidelight.mjs');
  symlinkSync(path.relative(folder, script), link);
  chmodSync(script, 0o755);
}
