import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Channel } from '../../contract/channel';
import { engineCloseCodes } from '../../contract/shellRoutes';

/** One message of the page may be this large; the largest there is is a document with its steps. */
const maximumMessageBytes = 16 * 1024 ** 2;
/** Above this much unsent, the page's requests wait; below the second figure they are read again. */
const pauseAboveBytes = 32 * 1024 ** 2;
const resumeBelowBytes = 8 * 1024 ** 2;

/** Relays engine channels over WebSockets, without reading what they carry. */
export class EngineSockets {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: maximumMessageBytes,
    perMessageDeflate: false,
  });

  constructor(private readonly openChannel: () => Promise<Channel>) {}

  /** Takes over a checked upgrade request. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.server.handleUpgrade(request, socket, head, (webSocket) => {
      // ws reports what a client did wrong here and closes the socket by itself.
      webSocket.on('error', () => undefined);
      webSocket.pause();
      this.openChannel().then(
        (channel) => relay(webSocket, channel),
        () => {
          // A paused socket does not see the answer to its closing.
          webSocket.resume();
          webSocket.close(1011, 'The engine cannot be started.');
        },
      );
    });
  }

  close(): void {
    for (const webSocket of this.server.clients) webSocket.terminate();
    this.server.close();
  }
}

function relay(webSocket: WebSocket, channel: Channel): void {
  if (webSocket.readyState !== webSocket.OPEN) {
    channel.close();
    return;
  }
  webSocket.binaryType = 'nodebuffer';
  webSocket.on('message', (data: RawData, isBinary: boolean) => {
    if (isBinary) channel.send(data as Buffer);
    else webSocket.close(1003, 'Only binary messages.');
  });
  webSocket.on('close', () => channel.close());
  channel.onMessage((message) => {
    if (webSocket.readyState !== webSocket.OPEN) return;
    // The engine only answers: not reading further requests is what slows it down.
    webSocket.send(message, () => {
      if (webSocket.isPaused && webSocket.bufferedAmount < resumeBelowBytes) webSocket.resume();
    });
    if (webSocket.bufferedAmount > pauseAboveBytes) webSocket.pause();
  });
  channel.onClose((reason) => {
    webSocket.resume();
    if (reason === 'lost') webSocket.close(1011, 'The link to the engine was lost.');
    else webSocket.close(engineCloseCodes[reason], reason);
  });
  webSocket.resume();
}
