import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { SidelightError } from '../../contract/errors';
import { type RouteHandlers, shellAddresses, shellRoutes } from '../../contract/shellRoutes';
import type { Supervisor } from '../../engine/host/supervisor';
import { defaultExportFolder } from '../exportFolder';
import { FileAccess } from '../fileAccess';
import { createShellHandlers } from '../handlers';
import { findInstallation, type Installation } from '../installation';
import { readSamples } from '../samples';
import { contentSecurityPolicy, securityHeaders } from '../securityHeaders';
import { listStaticFiles, type StaticFiles } from '../staticFiles';
import { answerError, answerFile, answerJson, answerText, invalid, readJson } from './answers';
import { EngineSockets } from './engineSocket';
import { Guard } from './guard';
import { maximumUploadBytes, tooLarge, Uploads, uploadLabel } from './uploads';

export interface BrowserShellOptions {
  readonly supervisor: Supervisor;
  /** 0 or none: any free one. */
  readonly port?: number;
  /** Paths to open at once. */
  readonly files?: readonly string[];
  readonly installation?: Installation;
  readonly maximumUploadBytes?: number;
}

export interface BrowserShell {
  /** The address to open, token included. */
  readonly url: string;
  readonly port: number;
  /** Where dropped files lie until `close`. */
  readonly sessionFolder: string;
  close(): Promise<void>;
}

/**
 * Serves the interface on loopback and carries it to the files the user opens and to the engine. The supervisor stays
 * the caller's.
 *
 * @throws SidelightError when one of `files` cannot be opened, or the port is taken (usage)
 */
export async function startBrowserShell(options: BrowserShellOptions): Promise<BrowserShell> {
  const installation = options.installation ?? findInstallation();
  const files = new FileAccess(options.supervisor, defaultExportFolder());
  // Opened before the page asks, so that a wrong path is told where it was typed.
  const initial = await files.openPaths(options.files ?? []);
  const samples = await readSamples(installation.samplesFolder);
  const statics = await listStaticFiles(installation, samples);
  const uploads = await Uploads.create();
  const server = createServer();
  const port = await listen(server, options.port ?? 0).catch(async (thrown) => {
    await uploads.remove();
    throw thrown;
  });
  const guard = new Guard(port);
  const sockets = new EngineSockets(() => options.supervisor.openChannel());
  const parts: Parts = {
    guard,
    statics,
    uploads,
    files,
    uploadLimit: options.maximumUploadBytes ?? maximumUploadBytes,
    headers: securityHeaders(contentSecurityPolicy([`ws://127.0.0.1:${port}`, `ws://localhost:${port}`])),
    handlers: createShellHandlers({
      files,
      initialFiles: async () => initial,
      samples,
      samplesFolder: installation.samplesFolder,
      killEngine: () => options.supervisor.kill(),
    }),
  };
  server.on('request', (request, response) => {
    answer(parts, request, response).catch((thrown) => answerError(request, response, thrown));
  });
  server.on('upgrade', (request, socket, head) => {
    const refusal =
      guard.checkHost(request.headers) ??
      guard.checkOrigin(request.headers, true) ??
      guard.checkCookie(request.headers) ??
      (request.url === `/${shellAddresses.engine}` ? null : { status: 404, message: '' });
    if (refusal) refuseUpgrade(socket, refusal.status);
    else sockets.accept(request, socket, head);
  });
  return {
    url: `http://127.0.0.1:${port}/?token=${guard.token}`,
    port,
    sessionFolder: uploads.folder,
    async close() {
      sockets.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await uploads.remove();
    },
  };
}

interface Parts {
  guard: Guard;
  statics: StaticFiles;
  uploads: Uploads;
  files: FileAccess;
  uploadLimit: number;
  headers: Record<string, string>;
  handlers: RouteHandlers<typeof shellRoutes>;
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(parts.headers)) response.setHeader(name, value);
  const { guard } = parts;
  const stranger = guard.checkHost(request.headers);
  if (stranger) return answerText(response, stranger.status, stranger.message);
  const url = new URL(request.url ?? '/', 'http://sidelight');
  const token = request.method === 'GET' && url.pathname === '/' ? url.searchParams.get('token') : null;
  if (token !== null && guard.isToken(token)) return welcome(guard, response);
  const isPost = request.method === 'POST';
  const refusal = guard.checkOrigin(request.headers, isPost) ?? guard.checkCookie(request.headers);
  if (refusal) return answerText(response, refusal.status, refusal.message);
  const address = url.pathname.slice(1);
  if (isPost && address === shellAddresses.upload) return receive(parts, url, request, response);
  if (isPost && address.startsWith(shellAddresses.api))
    return call(parts, address.slice(shellAddresses.api.length), request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return answerText(response, 405, 'There is nothing to send there.');
  const file = parts.statics.get(address);
  if (!file) return answerText(response, 404, 'There is nothing at this address.');
  return answerFile(response, file, request.method === 'GET');
}

/**
 * Whoever knows the token gets the cookie, wherever the link was. The page then opens itself anew instead of being
 * redirected to: after a link on another page, a redirect would still count as that page's and carry no strict cookie.
 */
function welcome(guard: Guard, response: ServerResponse): void {
  response.writeHead(200, {
    'Set-Cookie': guard.cookie,
    'Cache-Control': 'no-store',
    'Content-Type': 'text/html; charset=utf-8',
  });
  response.end('<!doctype html><meta http-equiv="refresh" content="0; url=/"><title>Sidelight</title>');
}

const isRoute = (name: string): name is keyof typeof shellRoutes => Object.hasOwn(shellRoutes, name);

async function call(
  parts: Parts,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isRoute(name)) throw invalid(`there is no “${name}”`);
  if (request.headers['content-type'] !== 'application/json') throw invalid('it is not JSON');
  const args = shellRoutes[name].args.safeParse(await readJson(request));
  if (!args.success) throw invalid(`${name}: ${args.error.issues[0]?.message ?? 'wrong shape'}`);
  const handler = parts.handlers[name] as (checked: unknown) => Promise<unknown>;
  answerJson(response, await handler(args.data));
}

async function receive(
  parts: Parts,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uploads, files, uploadLimit } = parts;
  if (Number(request.headers['content-length'] ?? 0) > uploadLimit) throw tooLarge(uploadLimit);
  const label = uploadLabel(url.searchParams.get('name') ?? '');
  const file = await uploads.store(request, label, uploadLimit);
  answerJson(response, await files.openUploaded(file, label));
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (thrown: NodeJS.ErrnoException) => reject(portError(port, thrown)));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.removeAllListeners('error');
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function portError(port: number, thrown: NodeJS.ErrnoException): SidelightError {
  if (thrown.code !== 'EADDRINUSE' && thrown.code !== 'EACCES') return SidelightError.from(thrown);
  return new SidelightError(
    'usage',
    thrown.code === 'EADDRINUSE' ? `Port ${port} is taken.` : `Port ${port} may not be used.`,
    'Choose another one with --port, or leave it out for any free one.',
    { port },
    thrown,
  );
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
