import { WebSocket } from 'ws';
import type { Channel, CloseReason } from '../../contract/channel';
import { EngineConnection } from '../../contract/connection';
import { engineCloseCodes, type shellRoutes } from '../../contract/shellRoutes';

/** What the page does with the printed address, without a browser: cookie, routes, engine. */
export class PageStandIn {
  readonly connection: EngineConnection;

  private constructor(
    private readonly origin: string,
    private readonly cookie: string,
  ) {
    this.connection = new EngineConnection(() => this.openChannel());
  }

  static async open(address: string): Promise<PageStandIn> {
    const answer = await fetch(address);
    const cookie = answer.headers.get('set-cookie')?.split(';')[0];
    if (answer.status !== 200 || !cookie) throw new Error(`The address was answered with ${answer.status}.`);
    return new PageStandIn(new URL(address).origin, cookie);
  }

  async ask<M extends keyof typeof shellRoutes>(route: M, args: unknown): Promise<unknown> {
    const answer = await fetch(`${this.origin}/api/${route}`, {
      method: 'POST',
      body: JSON.stringify(args),
      headers: { Cookie: this.cookie, Origin: this.origin, 'Content-Type': 'application/json' },
    });
    return answer.json();
  }

  private openChannel(): Promise<Channel> {
    const socket = new WebSocket(`${this.origin.replace('http', 'ws')}/engine`, {
      origin: this.origin,
      headers: { Cookie: this.cookie },
    });
    let closed: CloseReason | null = null;
    const listeners: ((reason: CloseReason) => void)[] = [];
    socket.on('close', (code) => {
      const found = Object.entries(engineCloseCodes).find(([, known]) => known === code);
      closed = found ? (found[0] as CloseReason) : 'lost';
      for (const listener of listeners) listener(closed);
    });
    const channel: Channel = {
      send: (message) => socket.send(message),
      onMessage: (listener) => void socket.on('message', (data: Buffer) => listener(data)),
      onClose: (listener) => (closed ? listener(closed) : void listeners.push(listener)),
      close: () => socket.close(),
    };
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(channel));
      socket.once('error', reject);
    });
  }
}
