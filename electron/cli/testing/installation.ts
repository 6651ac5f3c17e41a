import { cp, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../..');

export interface TestInstallation {
  readonly folder: string;
  readonly cli: string;
}

/**
 * A copy of the built command line and engine with a models folder of its own.
 * @param models contents of the files in it, by name; null: no such folder
 */
export async function installWithModels(models: Record<string, string> | null): Promise<TestInstallation> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sidelight-installation-'));
  await cp(path.join(root, 'dist/electron'), path.join(folder, 'dist/electron'), { recursive: true });
  await cp(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  if (models) await mkdir(path.join(folder, 'models'));
  for (const [name, text] of Object.entries(models ?? {}))
    await writeFile(path.join(folder, 'models', name), text);
  return { folder, cli: path.join(folder, 'dist/electron/cli.mjs') };
}
