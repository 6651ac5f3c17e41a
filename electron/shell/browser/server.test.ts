import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorDataSchema } from '../../contract/errors';
import { openedFileSchema } from '../../contract/shell';
import { shellRoutes } from '../../contract/shellRoutes';
import { StandInSupervisor } from '../testing/standInSupervisor';
import { createTemporaryInstallation, type TemporaryInstallation } from '../testing/temporaryInstallation';
import { type BrowserShell, startBrowserShell } from './server';
import { Uploads } from './uploads';

let temporary: TemporaryInstallation;
let supervisor: StandInSupervisor;
let shell: BrowserShell;

beforeEach(async () => {
  temporary = await createTemporaryInstallation();
  supervisor = new StandInSupervisor();
  shell = await start();
});
afterEach(async () => {
  await shell.close();
  await temporary.remove();
});

const start = (files: string[] = []) =>
  startBrowserShell({ supervisor, installation: temporary.installation, files, maximumUploadBytes: 1000 });

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

interface Question {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Leave the length untold, as a stream does. */
  chunked?: boolean;
}

/** A request as it stands on the wire: unlike fetch it lets a test forge Host and Origin and send `..` as it is. */
function ask({
  method = 'GET',
  path: address = '/',
  headers = {},
  body,
  chunked,
}: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length: Record<string, string> =
      body === undefined || chunked ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const sent = httpRequest(
      {
        host: '127.0.0.1',
        port: shell.port,
        method,
        path: address,
        headers: { ...length, ...headers },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const token = () => new URL(shell.url).searchParams.get('token') ?? '';
const cookie = () => `sidelight-${shell.port}=${token()}`;
const origin = () => `http://127.0.0.1:${shell.port}`;

function call(name: string, args: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return ask({
    method: 'POST',
    path: `/api/${name}`,
    body: JSON.stringify(args),
    headers: { Cookie: cookie(), Origin: origin(), 'Content-Type': 'application/json', ...headers },
  });
}

const upload = (body: string | Buffer, name = 'photo.png', more: Question = {}) =>
  ask({
    method: 'POST',
    path: `/upload?name=${encodeURIComponent(name)}`,
    body,
    headers: { Cookie: cookie(), Origin: origin() },
    ...more,
  });

const errorOf = (answer: Answer) => errorDataSchema.parse(JSON.parse(answer.text));

describe('who may come in', () => {
  it('trades the token of the address for a cookie scripts cannot read, and forgets the address', async () => {
    const answer = await ask({ path: `/?token=${token()}` });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('content="0; url=/"');
    expect(answer.headers['set-cookie']).toEqual([`${cookie()}; HttpOnly; SameSite=Strict; Path=/`]);
    expect(token()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes the token from a link anywhere, a file or another page included', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    const answer = await ask({ path: `/?token=${token()}`, headers });
    expect(answer.headers['set-cookie']).toHaveLength(1);
    expect((await ask({ path: `/samples?token=${token()}` })).status).toBe(401);
    expect((await ask({ path: `/?token=${token()}`, method: 'HEAD' })).status).toBe(401);
  });

  it('shows the page with the cookie and nothing without it', async () => {
    expect((await ask({ headers: { Cookie: cookie() } })).text).toContain('<title>Sidelight</title>');
    expect((await ask({})).status).toBe(401);
    expect((await ask({ path: '/assets/index-abc.js' })).status).toBe(401);
  });

  it.each(['', '0'.repeat(64), 'short'])('refuses the token “%s”', async (wrong) => {
    expect((await ask({ path: `/?token=${wrong}` })).status).toBe(401);
    const headers = { Cookie: `sidelight-${shell.port}=${wrong}` };
    expect((await ask({ headers })).status).toBe(401);
  });

  it.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'sidelight.evil.example:80'])(
    'refuses the Host %s, even with the cookie (DNS rebinding)',
    async (host) => {
      expect((await ask({ headers: { Cookie: cookie(), Host: host } })).status).toBe(403);
      expect((await ask({ path: `/?token=${token()}`, headers: { Host: host } })).status).toBe(403);
    },
  );

  it.each(['https://evil.example', 'http://127.0.0.1:1', 'null'])(
    'refuses the Origin %s, even with the cookie',
    async (foreign) => {
      const answer = await call('samples', {}, { Origin: foreign });
      expect(answer.status).toBe(403);
    },
  );

  it('refuses a post without an Origin and a get another site caused', async () => {
    const headers = { Cookie: cookie(), 'Content-Type': 'application/json' };
    expect((await ask({ method: 'POST', path: '/api/samples', body: '{}', headers })).status).toBe(403);
    for (const site of ['cross-site', 'same-site']) {
      expect((await ask({ headers: { Cookie: cookie(), 'Sec-Fetch-Site': site } })).status).toBe(403);
    }
  });

  it('answers under localhost too, for a forwarded port', async () => {
    const host = `localhost:${shell.port}`;
    const answer = await call('samples', {}, { Host: host, Origin: `http://${host}` });
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
    const { headers } = await ask(question);
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
  const get = (address: string) => ask({ path: address, headers: { Cookie: cookie() } });

  it('are the built interface and the thumbnails, with their types', async () => {
    expect((await get('/assets/index-abc.js')).headers['content-type']).toMatch('text/javascript');
    expect((await get('/samples/art-thumbnail.jpg')).headers['content-type']).toBe('image/jpeg');
    expect((await ask({ method: 'HEAD', path: '/', headers: { Cookie: cookie() } })).text).toBe('');
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
    const headers = { Cookie: cookie(), Origin: origin() };
    expect((await ask({ method: 'DELETE', path: '/', headers })).status).toBe(405);
    expect((await ask({ method: 'POST', path: '/', body: '', headers })).status).toBe(405);
  });
});

describe('routes', () => {
  it('open a path the user typed, and grant that file only', async () => {
    const file = path.join(temporary.folder, 'private.txt');
    const answer = await call('openPath', { path: file });
    const opened = openedFileSchema.parse(JSON.parse(answer.text));
    expect(opened).toMatchObject({ name: 'private.txt', path: file, bytes: 20 });
    expect([...supervisor.granted]).toEqual([[opened.fileId, file]]);
  });

  it('open the files named at the start', async () => {
    const file = path.join(temporary.folder, 'private.txt');
    await shell.close();
    shell = await start([file]);
    const answer = await call('initialFiles', {});
    expect(shellRoutes.initialFiles.result.parse(JSON.parse(answer.text))).toMatchObject([{ path: file }]);
  });

  it('refuse to start with a file that is not there', async () => {
    await expect(start(['/nowhere/photo.png'])).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('offer samples whose files and thumbnails are there', async () => {
    const samples = shellRoutes.samples.result.parse(JSON.parse((await call('samples', {})).text));
    expect(samples.map(({ id }) => id)).toEqual(['art', 'moebius']);
    for (const { id, thumbnail } of samples) {
      const picture = await ask({ path: `/${thumbnail}`, headers: { Cookie: cookie() } });
      expect(picture.status).toBe(200);
      const answer = await call('openSample', { sampleId: id });
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
    expect((await call('killEngine', {})).status).toBe(200);
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
  ])('answer %s %o with %i %s', async (name, args, status, code) => {
    const answer = await call(name, args);
    expect(answer.status).toBe(status);
    expect(errorOf(answer)).toMatchObject({ code });
    expect(supervisor.granted.size).toBe(0);
  });

  it('take JSON only, and no more of it than a path needs', async () => {
    const plain = await call('samples', {}, { 'Content-Type': 'text/plain' });
    expect(errorOf(plain).code).toBe('request-invalid');
    const headers = { Cookie: cookie(), Origin: origin(), 'Content-Type': 'application/json' };
    const broken = await ask({ method: 'POST', path: '/api/samples', body: '{', headers });
    expect(errorOf(broken).code).toBe('request-invalid');
    const long = await call('openPath', { path: 'a'.repeat(200_000) });
    expect(long.status).toBe(400);
  });
});

describe('uploads', () => {
  it('keep the bytes in a private folder, the name as a label', async () => {
    const answer = await upload('some bytes', '../../etc/Küche\u0000 1.PNG');
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
    const { fileId } = JSON.parse((await upload('bytes', name)).text);
    const file = supervisor.pathOf(fileId)!;
    expect(path.basename(file)).toBe(kept);
    expect(path.dirname(path.dirname(file))).toBe(shell.sessionFolder);
  });

  it.each([
    ['announced', {}],
    ['streamed', { chunked: true }],
  ])('refuse a file over the limit, %s, and keep nothing of it', async (_how, more) => {
    const answer = await upload(Buffer.alloc(3_000_000), 'big.tiff', more);
    expect(answer.status).toBe(413);
    expect(errorOf(answer).code).toBe('image-too-large');
    expect(await readdir(shell.sessionFolder)).toEqual([]);
    expect(supervisor.granted.size).toBe(0);
  });

  it('keep nothing of a file that broke off', async () => {
    await new Promise<void>((resolve) => {
      const headers = { Cookie: cookie(), Origin: origin(), 'Content-Length': '900' };
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
    await upload('some bytes');
    const { sessionFolder } = shell;
    expect(await readdir(sessionFolder)).toHaveLength(1);
    await shell.close();
    await expect(stat(sessionFolder)).rejects.toMatchObject({ code: 'ENOENT' });
    shell = await start();
  });
});

describe('export places', () => {
  it('grant the named file and say whether it exists', async () => {
    const file = path.join(temporary.folder, 'result.png');
    const first = shellRoutes.nameExportPlace.result.parse(
      JSON.parse((await call('nameExportPlace', { path: file })).text),
    );
    expect(first).toEqual({ writeId: first.writeId, path: file, exists: false });
    expect(supervisor.pathOf(first.writeId)).toBe(file);
    await writeFile(file, '');
    const second = JSON.parse((await call('nameExportPlace', { path: file })).text);
    expect(second.exists).toBe(true);
  });

  it('are suggested beside the input under a free name', async () => {
    const input = path.join(temporary.folder, 'depth map.tiff');
    await writeFile(input, '');
    const { fileId } = JSON.parse((await call('openPath', { path: input })).text);
    const suggest = async () =>
      JSON.parse((await call('suggestExportPath', { fileId, extension: 'png' })).text) as string;
    expect(await suggest()).toBe(path.join(temporary.folder, 'depth map-sidelight.png'));
    await writeFile(path.join(temporary.folder, 'depth map-sidelight.png'), '');
    expect(await suggest()).toBe(path.join(temporary.folder, 'depth map-sidelight-2.png'));
  });

  it('are never suggested inside the session or the installation', async () => {
    const { fileId } = JSON.parse((await upload('bytes', 'depth.png')).text);
    const { target } = JSON.parse((await call('openSample', { sampleId: 'art' })).text);
    for (const id of [fileId, target.fileId]) {
      const suggested = JSON.parse(
        (await call('suggestExportPath', { fileId: id, extension: 'png' })).text,
      ) as string;
      expect(suggested.startsWith(shell.sessionFolder)).toBe(false);
      expect(suggested.startsWith(temporary.installation.samplesFolder)).toBe(false);
    }
  });
});
