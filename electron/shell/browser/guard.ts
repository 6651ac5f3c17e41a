import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is turned away, as an HTTP status with a sentence for whoever reads it. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly message: string;
}

/**
 * Who may talk to the shell: the page that was opened with the printed address, and nobody else on this machine or in
 * this browser. Host stops DNS rebinding, Origin and Sec-Fetch-Site stop other sites and other local ports, the
 * token stops other users and programs.
 */
export class Guard {
  /** 256 random bits, hexadecimal. */
  readonly token = randomBytes(32).toString('hex');
  private readonly hosts: readonly string[];
  private readonly cookieName: string;

  constructor(port: number) {
    this.hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
    // Cookies are shared by all ports of a host: the name keeps two running shells apart.
    this.cookieName = `sidelight-${port}`;
  }

  /** For every request, WebSocket upgrades included. */
  checkHost({ host }: IncomingHttpHeaders): Refusal | null {
    if (host !== undefined && this.hosts.includes(host)) return null;
    return { status: 403, message: 'This address does not belong to Sidelight.' };
  }

  /** After `checkHost`, for everything but the first opening; `needsOrigin` where a browser always sends one. */
  checkOrigin(headers: IncomingHttpHeaders, needsOrigin: boolean): Refusal | null {
    const { host, origin } = headers;
    const site = headers['sec-fetch-site'];
    const isForeign = origin === undefined ? needsOrigin : origin !== `http://${host}`;
    const isFromElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
    return isForeign || isFromElsewhere ? { status: 403, message: 'Another page asked for this.' } : null;
  }

  checkCookie(headers: IncomingHttpHeaders): Refusal | null {
    const sent = cookies(headers.cookie).get(this.cookieName);
    if (sent !== undefined && this.isToken(sent)) return null;
    return { status: 401, message: 'Open Sidelight with the address it printed when it started.' };
  }

  isToken(sent: string): boolean {
    // Digests have equal lengths, which timingSafeEqual needs, and hide the token's own.
    const digest = (text: string) => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(sent), digest(this.token));
  }

  /** The `Set-Cookie` header that lets the page stay after it was opened with the token. */
  get cookie(): string {
    return `${this.cookieName}=${this.token}; HttpOnly; SameSite=Strict; Path=/`;
  }
}

function cookies(header: string | undefined): Map<string, string> {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name, value]) => [name ?? '', value ?? '']));
}
