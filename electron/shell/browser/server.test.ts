import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openedFileSchema } from '../../contract/shell';
import { shellRoutes } from '../../contract/shellRoutes';
import { shell, start, supervisor, temporary, wire, withBrowserShell } from '../testing/browserShell';
import { errorOf } from '../testing/wire';
import { startBrowserShell } from './server';

withBrowserShell();

describe('who may come in', () => {
  it('trades the token of the address for a cookie scripts cannot read, and forgets the address', async () => {
    const answer = await wire.ask({ path: `/?token=${wire.token}` });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('content="0; url=/"');
    expect(answer.headers['set-cookie']).toEqual([`${wire.cookie}; HttpOnly; SameSite=Strict; Path=/`]);
    expect(wire.token).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes the token from a link anywhere, a file or another page included', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    const answer = await wire.ask({ path: `/?token=${wire.token}`, headers });
    expect(answer.headers['set-cookie']).toHaveLength(1);
    expect((await wire.ask({ path: `/samples?token=${wire.token}` })).status).toBe(401);
    expect((await wire.ask({ path: `/?token=${wire.token}`, method: 'HEAD' })).status).toBe(401);
  });

  it('shows the page with the cookie and nothing without it', async () => {
    expect((await wire.ask({ headers: { Cookie: wire.cookie } })).text).toContain('<title>Sidelight</title>');
    expect((await wire.ask({})).status).toBe(401);
    expect((await wire.ask({ path: '/assets/index-abc.js' })).status).toBe(401);
  });

  it.each(['', '0'.repeat(64), 'short'])('refuses the token “%s”', async (wrong) => {
    expect((await wire.ask({ path: `/?token=${wrong}` })).status).toBe(401);
    const headers = { Cookie: `sidelight-${shell.port}=${wrong}` };
    expect((await wire.ask({ headers })).status).toBe(401);
  });

  it.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'sidelight.evil.example:80'])(
    'refuses the Host %s, even with the cookie (DNS rebinding)',
    async (host) => {
      expect((await wire.ask({ headers: { Cookie: wire.cookie, Host: host } })).status).toBe(403);
      expect((await wire.ask({ path: `/?token=${wire.token}`, headers: { Host: host } })).status).toBe(403);
    },
  );

  it.each(['https://evil.example', 'http://127.0.0.1:1', 'null'])(
    'refuses the Origin %s, even with the cookie',
    async (foreign) => {
      const answer = await wire.call('samples', {}, { Origin: foreign });
      expect(answer.status).toBe(403);
    },
  );

  it('refuses a post without an Origin and a get another site caused', async () => {
    const headers = { Cookie: wire.cookie, 'Content-Type': 'application/json' };
    expect((await wire.ask({ method: 'POST', path: '/api/samples', body: '{}', headers })).status).toBe(403);
    for (const site of ['cross-site', 'same-site']) {
      expect((await wire.ask({ headers: { Cookie: wire.cookie, 'Sec-Fetch-Site': site } })).status).toBe(403);
    }
  });

  it('answers under localhost too, for a forwarded port', async () => {
    const host = `localhost:${shell.port}`;
    const answer = await wire.call('samples', {}, { Host: host, Origin: `http://${host}` });
    expect(answer.status).toBe(200);
  });

  it('listens on 127.0.0.1 and on no other address of the machine', async () => {
    expect(new URL(shell.url).hostname).toBe('127.0.0.1');
    const elsewhere = await new Promise((resolve) => {
      const socket = connect(shell.port, '127.0.0.2');
      socket.once('connect', () => resolve('connected'));
      socket.once('error', () => resolve('refused'));
    });
    expect(elsewhere).toBe('refused');
  });

  it('says so when the port is taken, and leaves nothing behind', async () => {
    const second = startBrowserShell({ supervisor, installation: temporary.installation, port: shell.port });
    await expect(second).rejects.toMatchObject({ code: 'usage', details: { port: shell.port } });
  });

  it('says so when the interface was never built', async () => {
    const installation = {
      ...temporary.installation,
      rendererFolder: path.join(temporary.folder, 'nothing'),
    };
    await expect(startBrowserShell({ supervisor, installation })).rejects.toMatchObject({
      remedy: expect.stringContaining('npm run build'),
    });
  });
});

describe('headers', () => {
  it.each([
    { path: '/', headers: {} },
    { path: '/nothing', headers: {} },
    { path: '/', headers: { Host: 'evil.example' } },
  ])('come with every answer: %o', async (question) => {
    const { headers } = await wire.ask(question);
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain("form-action 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });
});

describe('static files', () => {
  const get = (address: string) => wire.ask({ path: address, headers: { Cookie: wire.cookie } });

  it('are the built interface and the thumbnails, with their types', async () => {
    expect((await get('/assets/index-abc.js')).headers['content-type']).toMatch('text/javascript');
    expect((await get('/samples/art-thumbnail.jpg')).headers['content-type']).toBe('image/jpeg');
    expect((await wire.ask({ method: 'HEAD', path: '/', headers: { Cookie: wire.cookie } })).text).toBe('');
  });

  it.each([
    '/../private.txt',
    '/assets/../../private.txt',
    '/%2e%2e/private.txt',
    '/..%2fprivate.txt',
    '/assets/..%5c..%5cprivate.txt',
    '//etc/passwd',
    '/notes.secret',
    '/samples/samples.json',
    '/samples/art-photo.jpg',
    '/assets',
    '/constructor',
  ])('hold nothing at %s', async (address) => {
    const answer = await get(address);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('beside the interface');
  });

  it('take no other method', async () => {
    const headers = { Cookie: wire.cookie, Origin: wire.origin };
    expect((await wire.ask({ method: 'DELETE', path: '/', headers })).status).toBe(405);
    expect((await wire.ask({ method: 'POST', path: '/', body: '', headers })).status).toBe(405);
  });
});

describe('routes', () => {
  it('open a path the user typed, and grant that file only', async () => {
    const file = path.join(temporary.folder, 'private.txt');
    const answer = await wire.call('openPath', { path: file });
    const opened = openedFileSchema.parse(JSON.parse(answer.text));
    expect(opened).toMatchObject({ name: 'private.txt', path: file, bytes: 20 });
    expect([...supervisor.granted]).toEqual([[opened.fileId, file]]);
  });

  it('open the files named at the start', async () => {
    const file = path.join(temporary.folder, 'private.txt');
    await shell.close();
    await start([file]);
    const answer = await wire.call('initialFiles', {});
    expect(shellRoutes.initialFiles.result.parse(JSON.parse(answer.text))).toMatchObject([{ path: file }]);
  });

  it('refuse to start with a file that is not there', async () => {
    await expect(start(['/nowhere/photo.png'])).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('offer samples whose files and thumbnails are there', async () => {
    const samples = shellRoutes.samples.result.parse(JSON.parse((await wire.call('samples', {})).text));
    expect(samples.map(({ id }) => id)).toEqual(['art', 'moebius']);
    for (const { id, thumbnail } of samples) {
      const picture = await wire.ask({ path: `/${thumbnail}`, headers: { Cookie: wire.cookie } });
      expect(picture.status).toBe(200);
      const answer = await wire.call('openSample', { sampleId: id });
      const { guidance, target } = shellRoutes.openSample.result.parse(JSON.parse(answer.text));
      expect(guidance.path).toBeNull();
      for (const { fileId, bytes } of [guidance, target]) {
        expect((await stat(supervisor.pathOf(fileId)!)).size).toBe(bytes);
      }
    }
  });

  it('end the engine when asked', async () => {
    const channel = await supervisor.openChannel();
    const closed = new Promise((resolve) => channel.onClose(resolve));
    expect((await wire.call('killEngine', {})).status).toBe(200);
    expect(await closed).toBe('stopped');
  });

  it.each([
    ['openPath', { path: '/nowhere/photo.png' }, 404, 'file-not-found'],
    ['openPath', { path: '/' }, 422, 'file-not-readable'],
    ['openPath', { path: 'a\0b' }, 400, 'request-invalid'],
    ['openPath', { path: 7 }, 400, 'request-invalid'],
    ['openSample', { sampleId: '../../package' }, 404, 'file-not-found'],
    ['nameExportPlace', { path: '/nowhere/result.png' }, 422, 'file-not-writable'],
    ['suggestExportPath', { fileId: 'unknown', extension: 'png' }, 403, 'file-not-permitted'],
    ['suggestExportPath', { fileId: 'unknown', extension: '../png' }, 400, 'request-invalid'],
    ['toString', {}, 400, 'request-invalid'],
    ['chooseFiles', {}, 400, 'request-invalid'],
    ['chooseFile', { extensions: ['onnx'] }, 400, 'request-invalid'],
  ])('answer %s %o with %i %s', async (name, args, status, code) => {
    const answer = await wire.call(name, args);
    expect(answer.status).toBe(status);
    expect(errorOf(answer)).toMatchObject({ code });
    expect(supervisor.granted.size).toBe(0);
  });

  it('take JSON only, and no more of it than a path needs', async () => {
    const plain = await wire.call('samples', {}, { 'Content-Type': 'text/plain' });
    expect(errorOf(plain).code).toBe('request-invalid');
    const headers = { Cookie: wire.cookie, Origin: wire.origin, 'Content-Type': 'application/json' };
    const broken = await wire.ask({ method: 'POST', path: '/api/samples', body: '{', headers });
    expect(errorOf(broken).code).toBe('request-invalid');
    const long = await wire.call('openPath', { path: 'a'.repeat(200_000) });
    expect(long.status).toBe(400);
  });
});
