import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openedFileSchema } from '../../contract/shell';
import { shellRoutes } from '../../contract/shellRoutes';
import { shell, start, supervisor, temporary, wire, withBrowserShell } from '../testing/browserShell';
import { errorOf } from '../testing/wire';
import { Uploads } from './uploads';

withBrowserShell();

describe('uploads', () => {
  it('keep the bytes in a private folder, the name as a label', async () => {
    const answer = await wire.upload('some bytes', '../../etc/Küche\u0000 1.PNG');
    const opened = openedFileSchema.parse(JSON.parse(answer.text));
    expect(opened).toMatchObject({ name: 'Küche 1.PNG', path: null, bytes: 10 });
    const kept = supervisor.pathOf(opened.fileId)!;
    expect(path.dirname(path.dirname(kept))).toBe(shell.sessionFolder);
    expect(path.basename(kept)).toBe('Küche 1.PNG');
    expect(await readFile(kept, 'utf8')).toBe('some bytes');
    expect((await stat(shell.sessionFolder)).mode & 0o777).toBe(0o700);
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['..', 'untitled'],
    ['', 'untitled'],
    ['.hidden', 'hidden'],
    ['a:b|c?.png', 'a_b_c_.png'],
    ['..\\..\\x.png', 'x.png'],
    [`${'ü'.repeat(300)}.png`, 'ü'.repeat(100)],
  ])('calls “%s” a name that is safe on every disk', async (name, kept) => {
    const { fileId } = JSON.parse((await wire.upload('bytes', name)).text);
    const file = supervisor.pathOf(fileId)!;
    expect(path.basename(file)).toBe(kept);
    expect(path.dirname(path.dirname(file))).toBe(shell.sessionFolder);
  });

  it.each([
    ['announced', {}],
    ['streamed', { chunked: true }],
  ])('refuse a file over the limit, %s, and keep nothing of it', async (_how, more) => {
    const answer = await wire.upload(Buffer.alloc(3_000_000), 'big.tiff', more);
    expect(answer.status).toBe(413);
    expect(errorOf(answer).code).toBe('image-too-large');
    expect(await readdir(shell.sessionFolder)).toEqual([]);
    expect(supervisor.granted.size).toBe(0);
  });

  it('keep nothing of a file that broke off', async () => {
    await new Promise<void>((resolve) => {
      const headers = { Cookie: wire.cookie, Origin: wire.origin, 'Content-Length': '900' };
      const sent = httpRequest({
        port: shell.port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/upload',
        headers,
      });
      sent.on('error', () => resolve());
      sent.write(Buffer.alloc(100), () => setTimeout(() => sent.destroy(), 50));
    });
    await expect.poll(() => readdir(shell.sessionFolder)).toEqual([]);
    expect(supervisor.granted.size).toBe(0);
  });

  it('of a session that was killed are gone with the next one', async () => {
    const parent = path.join(temporary.folder, 'temporary');
    const [orphan, alive, other] = [
      'sidelight-session-4194305-abc',
      `sidelight-session-${process.pid}-abc`,
      'else',
    ];
    for (const name of [orphan!, alive!, other!]) await mkdir(path.join(parent, name), { recursive: true });
    const uploads = await Uploads.create(parent);
    expect((await readdir(parent)).sort()).toEqual([other!, alive!, path.basename(uploads.folder)].sort());
    await uploads.remove();
  });

  it('are gone when the shell closes', async () => {
    await wire.upload('some bytes');
    const { sessionFolder } = shell;
    expect(await readdir(sessionFolder)).toHaveLength(1);
    await shell.close();
    await expect(stat(sessionFolder)).rejects.toMatchObject({ code: 'ENOENT' });
    await start();
  });
});

describe('export places', () => {
  it('grant the named file and say whether it exists', async () => {
    const file = path.join(temporary.folder, 'result.png');
    const first = shellRoutes.nameExportPlace.result.parse(
      JSON.parse((await wire.call('nameExportPlace', { path: file })).text),
    );
    expect(first).toEqual({ writeId: first.writeId, path: file, exists: false });
    expect(supervisor.pathOf(first.writeId)).toBe(file);
    await writeFile(file, '');
    const second = JSON.parse((await wire.call('nameExportPlace', { path: file })).text);
    expect(second.exists).toBe(true);
  });

  it('are suggested beside the input under a free name', async () => {
    const input = path.join(temporary.folder, 'depth map.tiff');
    await writeFile(input, '');
    const { fileId } = JSON.parse((await wire.call('openPath', { path: input })).text);
    const suggest = async () =>
      JSON.parse((await wire.call('suggestExportPath', { fileId, extension: 'png' })).text) as string;
    expect(await suggest()).toBe(path.join(temporary.folder, 'depth map-sidelight.png'));
    await writeFile(path.join(temporary.folder, 'depth map-sidelight.png'), '');
    expect(await suggest()).toBe(path.join(temporary.folder, 'depth map-sidelight-2.png'));
  });

  it('are never suggested inside the session or the installation', async () => {
    const { fileId } = JSON.parse((await wire.upload('bytes', 'depth.png')).text);
    const { target } = JSON.parse((await wire.call('openSample', { sampleId: 'art' })).text);
    for (const id of [fileId, target.fileId]) {
      const suggested = JSON.parse(
        (await wire.call('suggestExportPath', { fileId: id, extension: 'png' })).text,
      ) as string;
      expect(suggested.startsWith(shell.sessionFolder)).toBe(false);
      expect(suggested.startsWith(temporary.installation.samplesFolder)).toBe(false);
    }
  });
});
