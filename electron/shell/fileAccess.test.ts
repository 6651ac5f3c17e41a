import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FileAccess } from './fileAccess';
import { StandInSupervisor } from './testing/standInSupervisor';

// Tests may run as root, whom no permission stops: the refusal itself is what is made up here.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return { ...real, access: vi.fn(real.access) };
});
const refuseAccess = () =>
  vi.mocked(access).mockRejectedValueOnce(Object.assign(new Error('refused'), { code: 'EACCES' }));

let folder: string;
let supervisor: StandInSupervisor;
let files: FileAccess;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-test-'));
  supervisor = new StandInSupervisor();
  files = new FileAccess(supervisor, folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('opening', () => {
  it('refuses what the user may not read, and grants nothing', async () => {
    const file = path.join(folder, 'locked.png');
    await writeFile(file, 'x');
    refuseAccess();
    await expect(files.openPath(file)).rejects.toMatchObject({ code: 'file-not-permitted' });
    expect(supervisor.granted.size).toBe(0);
  });

  it('knows the home folder and the folder Sidelight was started in', async () => {
    await expect(files.openPath('~')).rejects.toMatchObject({ details: { path: homedir() } });
    await expect(files.openPath('no such file')).rejects.toMatchObject({
      code: 'file-not-found',
      details: { path: path.resolve('no such file') },
    });
    await expect(files.openPath('~other/file')).rejects.toMatchObject({
      details: { path: path.resolve('~other/file') },
    });
  });

  it('refuses what is no plain file', async () => {
    await expect(files.openPath('/dev/null')).rejects.toMatchObject({ code: 'file-not-readable' });
  });
});

describe('export places', () => {
  it('refuse a folder that may not be written', async () => {
    refuseAccess();
    const asked = files.nameExportPlace(path.join(folder, 'result.png'));
    await expect(asked).rejects.toMatchObject({ code: 'file-not-permitted' });
    expect(supervisor.granted.size).toBe(0);
  });

  it('refuse a folder in place of a file', async () => {
    await expect(files.nameExportPlace(folder)).rejects.toMatchObject({ code: 'file-not-writable' });
  });
});
