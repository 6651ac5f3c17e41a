import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type ErrorCode, SidelightError } from '../../contract/errors';
import type { StaticFile } from '../staticFiles';

/** A request's JSON never holds more than a path. */
const maximumBodyBytes = 64 * 1024;

const statuses: Partial<Record<ErrorCode, number>> = {
  'request-invalid': 400,
  'file-not-permitted': 403,
  'file-not-found': 404,
  'file-exists': 409,
  'image-too-large': 413,
  'disk-full': 507,
  internal: 500,
  'engine-unreachable': 503,
};

export function answerJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(value));
}

/** Every error as ErrorData, with the status that fits it; what the user can mend is 422 unless HTTP has a word for it. */
export function answerError(request: IncomingMessage, response: ServerResponse, thrown: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // A browser sees a refusal only if the rest of the body it still sends is taken off the wire.
  request.resume();
  const error = SidelightError.from(thrown);
  response.writeHead(statuses[error.code] ?? 422, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
  });
  response.end(JSON.stringify(error.toData()));
}

export function answerText(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(`${message}\n`);
}

export async function answerFile(
  response: ServerResponse,
  file: StaticFile,
  withBody: boolean,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': file.contentType,
    'Cache-Control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
  });
  if (withBody) await pipeline(createReadStream(file.path), response);
  else response.end();
}

/** @throws SidelightError request-invalid */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > maximumBodyBytes) throw invalid('the request is too long');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw invalid('it is not JSON');
  }
}

export function invalid(what: string): SidelightError {
  return new SidelightError(
    'request-invalid',
    `A request to Sidelight was malformed: ${what}.`,
    'Reload the page; update or reinstall Sidelight if it happens again.',
  );
}
