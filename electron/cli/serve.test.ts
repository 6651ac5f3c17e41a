import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './testing/cliProcess';
import { writePicture } from './testing/pictures';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sidelight-serve-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('sidelight serve', () => {
  it('prints an address that answers with its token only, and ends in order on Ctrl-C', async () => {
    const photo = await writePicture(folder, 'p.png', { width: 4, height: 4, channels: 3, value: (x) => x });
    const statuses: number[] = [];
    const result = await runCli(['serve', '--no-open', photo], {
      onStdout: async (text, child) => {
        const address = /^http:\/\/127\.0\.0\.1:\d+\/\?token=\w+$/m.exec(text)?.[0];
        if (!address || statuses.length > 0) return;
        statuses.push((await fetch(address, { redirect: 'manual' })).status);
        statuses.push((await fetch(new URL('/', address), { redirect: 'manual' })).status);
        child.kill('SIGINT');
      },
    });
    expect(statuses).toEqual([200, 401]);
    expect(result).toMatchObject({ exitCode: 0, err: '' });
  });

  it('says when a file to open is not there', async () => {
    const result = await runCli(['serve', '--no-open', path.join(folder, 'nowhere.png')]);
    expect(result.exitCode).toBe(3);
    expect(result.err).toContain('There is no file');
  });
});
