import { request as httpRequest } from 'node:http';
import { type ErrorData, errorDataSchema } from '../../contract/errors';
import type { BrowserShell } from '../browser/server';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface Question {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Leave the length untold, as a stream does. */
  chunked?: boolean;
}

/** A request as it stands on the wire: unlike fetch it lets a test forge Host and Origin and send `..` as it is. */
function ask(
  port: number,
  { method = 'GET', path: address = '/', headers = {}, body, chunked }: Question,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length: Record<string, string> =
      body === undefined || chunked ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const sent = httpRequest(
      {
        host: '127.0.0.1',
        port,
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

/** What the page itself may ask: its cookie and its origin come with every request. */
export class Wire {
  readonly token: string;
  readonly cookie: string;
  readonly origin: string;

  constructor(private readonly shell: BrowserShell) {
    this.token = new URL(shell.url).searchParams.get('token') ?? '';
    this.cookie = `sidelight-${shell.port}=${this.token}`;
    this.origin = `http://127.0.0.1:${shell.port}`;
  }

  ask(question: Question): Promise<Answer> {
    return ask(this.shell.port, question);
  }

  call(name: string, args: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask({
      method: 'POST',
      path: `/api/${name}`,
      body: JSON.stringify(args),
      headers: {
        Cookie: this.cookie,
        Origin: this.origin,
        'Content-Type': 'application/json',
        ...headers,
      },
    });
  }

  upload(body: string | Buffer, name = 'photo.png', more: Question = {}): Promise<Answer> {
    return this.ask({
      method: 'POST',
      path: `/upload?name=${encodeURIComponent(name)}`,
      body,
      headers: { Cookie: this.cookie, Origin: this.origin },
      ...more,
    });
  }
}

export const errorOf = (answer: Answer): ErrorData => errorDataSchema.parse(JSON.parse(answer.text));
