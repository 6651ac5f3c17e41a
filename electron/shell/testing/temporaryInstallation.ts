import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findInstallation, type Installation } from '../installation';

export interface TemporaryInstallation {
  readonly folder: string;
  readonly installation: Installation;
  remove(): Promise<void>;
}

/** A folder of its own with a small built interface in it; samples are the real ones. */
export async function createTemporaryInstallation(): Promise<TemporaryInstallation> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sidelight-test-'));
  const rendererFolder = path.join(folder, 'renderer');
  await mkdir(path.join(rendererFolder, 'assets'), { recursive: true });
  await writeFile(path.join(rendererFolder, 'index.html'), '<!doctype html><title>Sidelight</title>');
  await writeFile(path.join(rendererFolder, 'assets', 'index-abc.js'), 'export {};');
  await writeFile(path.join(rendererFolder, 'notes.secret'), 'not a kind of file the page loads');
  await writeFile(path.join(folder, 'private.txt'), 'beside the interface');
  return {
    folder,
    installation: { ...findInstallation(), rendererFolder },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
