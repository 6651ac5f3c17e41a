import { readFile } from 'node:fs/promises';
import { contentSecurityPolicy, securityHeaders } from '../securityHeaders';
import type { StaticFiles } from '../staticFiles';
import { isOwnAddress } from './policy';

/** Answers requests of our own scheme from the list of built files, with the same headers as the browser shell. */
export function answerPage(files: StaticFiles): (request: Request) => Promise<Response> {
  const headers = securityHeaders(contentSecurityPolicy());
  return async ({ url, method }) => {
    if (!isOwnAddress(url) || method !== 'GET') return new Response(null, { status: 403, headers });
    const file = files.get(new URL(url).pathname.slice(1));
    if (!file) return new Response(null, { status: 404, headers });
    const body = await readFile(file.path);
    return new Response(body, { headers: { ...headers, 'Content-Type': file.contentType } });
  };
}
