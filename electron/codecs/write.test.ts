import { spawnSync } from 'node:child_process';
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../contract/errors';
import type { ExportSettings, OverwritePolicy } from '../contract/recipe';
import { createRaster } from '../raster/raster';
import { type FileOperations, fileOperations } from './files';
import { readImage } from './read';
import { temporaryName } from './temporary';
import { checkExport, writeImage } from './write';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sidelight-write-')));
});
afterEach(() => rm(folder, { recursive: true }));

const raster = createRaster({
  width: 2,
  height: 2,
  channels: 1,
  data: Float32Array.of(0, 1, 1000, 65535),
  sampleType: 'u16',
  fullScale: { min: 0, max: 65535 },
});

const settings = (overwrite: OverwritePolicy, more: Partial<ExportSettings> = {}): ExportSettings => ({
  format: 'png',
  sampleType: 'u16',
  range: null,
  quality: 90,
  ...more,
  overwrite,
});

const at = (name: string) => join(folder, name);
const failing = (code: string) => Object.assign(new Error(`${code}: refused by the test`), { code });

async function expectRefusal(promise: Promise<unknown>, code: ErrorCode): Promise<void> {
  await expect(promise).rejects.toMatchObject({
    name: 'SidelightError',
    code,
    remedy: expect.stringMatching(/\w{3}/),
  });
}

describe('what is written', () => {
  it('is the whole file under its name, and nothing beside it', async () => {
    const written = await writeImage(at('out.png'), raster, settings('refuse'), []);
    expect(written).toEqual({
      path: at('out.png'),
      bytes: (await stat(at('out.png'))).size,
      clampedPixels: 0,
      notices: [],
    });
    expect((await readImage(at('out.png'))).raster.data).toEqual(raster.data);
    expect(await readdir(folder)).toEqual(['out.png']);
  });

  it('counts clamped pixels and tells of a misleading name', async () => {
    const written = await writeImage(
      at('out.tif'),
      raster,
      settings('refuse', { range: { min: 1, max: 1000 } }),
      [],
    );
    expect(written.clampedPixels).toBe(2);
    expect(written.notices.join()).toMatch(/PNG.*\.tif/);
  });

  it.each([
    [{ format: 'gif' }, 'format-unknown'],
    [{ sampleType: 'f32' }, 'format-unsupported'],
  ] as const)('refuses %j before touching the disk', async (more, code) => {
    await expectRefusal(writeImage(at('out.png'), raster, settings('replace', more), []), code);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a name that is taken', () => {
  beforeEach(() => writeFile(at('out.png'), 'old'));

  it('refuse leaves the old file', async () => {
    await expectRefusal(writeImage(at('out.png'), raster, settings('refuse'), []), 'file-exists');
    expect(await readFile(at('out.png'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['out.png']);
  });

  it('refuse holds against a file that appears while the result is written', async () => {
    const operations: FileOperations = {
      ...fileOperations,
      link: async (from, to) => {
        await writeFile(to, 'quicker');
        return fileOperations.link(from, to);
      },
    };
    await expectRefusal(writeImage(at('new.png'), raster, settings('refuse'), [], operations), 'file-exists');
    expect(await readFile(at('new.png'), 'utf8')).toBe('quicker');
    expect((await readdir(folder)).sort()).toEqual(['new.png', 'out.png']);
  });

  it('replace puts the new file in its place', async () => {
    await writeImage(at('out.png'), raster, settings('replace'), []);
    expect((await readImage(at('out.png'))).format).toBe('png');
    expect(await readdir(folder)).toEqual(['out.png']);
  });

  it.skipIf(process.platform === 'win32')('replace keeps the permissions of the old file', async () => {
    await chmod(at('out.png'), 0o600);
    await writeImage(at('out.png'), raster, settings('replace'), []);
    expect((await stat(at('out.png'))).mode & 0o777).toBe(0o600);
  });

  it('replace follows a link and leaves it a link', async () => {
    await symlink(at('out.png'), at('link.png'));
    const written = await writeImage(at('link.png'), raster, settings('replace'), []);
    expect(written.path).toBe(at('out.png'));
    expect(await realpath(at('link.png'))).toBe(at('out.png'));
    expect((await readImage(at('out.png'))).format).toBe('png');
  });

  it('replace writes what a dangling link points to', async () => {
    await symlink('later.png', at('link.png'));
    expect((await writeImage(at('link.png'), raster, settings('replace'), [])).path).toBe(at('later.png'));
  });

  it('rename finds the next free name, for several writers at once too', async () => {
    await writeFile(at('out-2.png'), 'old');
    const written = await Promise.all(
      Array.from({ length: 4 }, () => writeImage(at('out.png'), raster, settings('rename'), [])),
    );
    expect(written.map(({ path }) => path).sort()).toEqual(
      ['out-3', 'out-4', 'out-5', 'out-6'].map((n) => at(`${n}.png`)),
    );
    expect(await readFile(at('out.png'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toHaveLength(6);
  });

  it.each(['refuse', 'rename'] as const)('%s works on drives without hard links', async (policy) => {
    const operations = { ...fileOperations, link: () => Promise.reject(failing('EPERM')) };
    const fresh = await writeImage(at('fresh.png'), raster, settings(policy), [], operations);
    expect((await readImage(fresh.path)).raster.data).toEqual(raster.data);
    const again = writeImage(at('out.png'), raster, settings(policy), [], operations);
    if (policy === 'refuse') await expectRefusal(again, 'file-exists');
    else expect((await again).path).toBe(at('out-2.png'));
    expect(await readFile(at('out.png'), 'utf8')).toBe('old');
  });
});

describe('an output that is an input', () => {
  beforeEach(() => writeFile(at('input.png'), 'input'));

  async function expectInputKept(path: string, inputs: readonly string[]): Promise<void> {
    for (const policy of ['refuse', 'replace'] as const) {
      await expectRefusal(writeImage(path, raster, settings(policy), inputs), 'output-is-input');
    }
    expect(await readFile(at('input.png'), 'utf8')).toBe('input');
  }

  it('by the same name', () => expectInputKept(at('input.png'), ['/nowhere', at('input.png')]));

  it('by another spelling', () => expectInputKept(`${folder}/x/../input.png`, [`${folder}/./input.png`]));

  it('by a symbolic link on either side', async () => {
    await symlink(at('input.png'), at('link.png'));
    await expectInputKept(at('link.png'), [at('input.png')]);
    await expectInputKept(at('input.png'), [at('link.png')]);
  });

  it('by a linked folder', async () => {
    await symlink(folder, at('folder'));
    await expectInputKept(join(at('folder'), 'input.png'), [at('input.png')]);
  });

  it('by a hard link', async () => {
    await link(at('input.png'), at('twin.png'));
    await expectInputKept(at('twin.png'), [at('input.png')]);
  });

  it('rename writes beside it', async () => {
    const { path } = await writeImage(at('input.png'), raster, settings('rename'), [at('input.png')]);
    expect(path).toBe(at('input-2.png'));
    expect(await readFile(at('input.png'), 'utf8')).toBe('input');
  });
});

describe('places that cannot be written', () => {
  it('folder that does not exist', () =>
    expectRefusal(writeImage(at('none/out.png'), raster, settings('refuse'), []), 'file-not-writable'));

  it('file where a folder should be', async () => {
    await writeFile(at('plain'), '');
    await expectRefusal(writeImage(at('plain/out.png'), raster, settings('refuse'), []), 'file-not-writable');
  });

  it('folder of that name', async () => {
    await mkdir(at('out.png'));
    await expectRefusal(writeImage(at('out.png'), raster, settings('replace'), []), 'file-not-writable');
    expect(await readdir(folder)).toEqual(['out.png']);
  });

  it('name that is too long', () =>
    expectRefusal(
      writeImage(at(`${'n'.repeat(300)}.png`), raster, settings('refuse'), []),
      'file-not-writable',
    ));

  it('asked beforehand, refuses the same things and touches nothing', async () => {
    await writeFile(at('old.png'), 'old');
    const readOnly = { ...fileOperations, access: () => Promise.reject(failing('EROFS')) };
    await expectRefusal(checkExport(at('old.png'), settings('refuse'), []), 'file-exists');
    await expectRefusal(checkExport(at('old.png'), settings('replace'), [at('old.png')]), 'output-is-input');
    await expectRefusal(checkExport(at('none/out.png'), settings('refuse'), []), 'file-not-writable');
    await expectRefusal(checkExport(at('out.png'), settings('refuse'), [], readOnly), 'file-not-writable');
    await expectRefusal(
      checkExport(at('a.gif'), settings('refuse', { format: 'gif' }), []),
      'format-unknown',
    );
    await checkExport(at('out.png'), settings('refuse'), [at('old.png')]);
    expect(await readdir(folder)).toEqual(['old.png']);
  });

  it.each([
    ['EACCES', 'file-not-writable'],
    ['EPERM', 'file-not-writable'],
    ['EROFS', 'file-not-writable'],
    ['EIO', 'file-not-writable'],
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
  ] as const)('%s on opening is %s', async (system, code) => {
    const operations = { ...fileOperations, open: () => Promise.reject(failing(system)) };
    await expectRefusal(writeImage(at('out.png'), raster, settings('refuse'), [], operations), code);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('failures half way', () => {
  /** The real file operations, except that one step on the open file fails after having written some bytes. */
  function breaking(step: 'writeFile' | 'sync', code: string): FileOperations {
    const open: FileOperations['open'] = async (path, flags) => {
      const handle = await fileOperations.open(path, flags);
      handle[step] = async () => {
        await handle.write(Buffer.from('half a fi'));
        throw failing(code);
      };
      return handle;
    };
    return { ...fileOperations, open };
  }

  it.each([
    ['writeFile', 'ENOSPC', 'disk-full'],
    ['sync', 'ENOSPC', 'disk-full'],
    ['sync', 'EIO', 'file-not-writable'],
  ] as const)(
    '%s fails with %s: the old file stays, nothing half-written does',
    async (step, system, code) => {
      await writeFile(at('out.png'), 'old');
      for (const policy of ['replace', 'rename'] as const) {
        await expectRefusal(
          writeImage(at('out.png'), raster, settings(policy), [], breaking(step, system)),
          code,
        );
      }
      expect(await readFile(at('out.png'), 'utf8')).toBe('old');
      expect(await readdir(folder)).toEqual(['out.png']);
    },
  );

  it('renaming fails: the temporary file is gone', async () => {
    const operations = { ...fileOperations, rename: () => Promise.reject(failing('EACCES')) };
    const noLinks = { ...operations, link: () => Promise.reject(failing('ENOTSUP')) };
    await expectRefusal(
      writeImage(at('out.png'), raster, settings('replace'), [], operations),
      'file-not-writable',
    );
    await expectRefusal(
      writeImage(at('out.png'), raster, settings('refuse'), [], noLinks),
      'file-not-writable',
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('what a killed process left behind goes with the next export into the folder; work under way stays', async () => {
    const gone = spawnSync(process.execPath, ['--version']).pid;
    const left = (name: string, processId: number) => name.replace(`-${process.pid}-`, `-${processId}-`);
    const stale = left(temporaryName(), gone);
    const underWay = [temporaryName(), left(temporaryName(), process.ppid), '.sidelight-notes.part'];
    for (const name of [stale, ...underWay]) await writeFile(at(name), 'half a fi');
    await writeImage(at('out.png'), raster, settings('refuse'), []);
    expect((await readdir(folder)).sort()).toEqual([...underWay, 'out.png'].sort());
  });

  it('after a full disk is freed, the same export works', async () => {
    await expectRefusal(
      writeImage(at('out.png'), raster, settings('refuse'), [], breaking('writeFile', 'ENOSPC')),
      'disk-full',
    );
    await writeImage(at('out.png'), raster, settings('refuse'), []);
    expect((await readImage(at('out.png'))).raster.data).toEqual(raster.data);
  });
});
