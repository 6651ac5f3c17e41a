import type { Channel, CloseReason } from '../../electron/contract/channel';
import { engineCloseCodes } from '../../electron/contract/shellRoutes';

/** A channel over a WebSocket, once it is open. Rejects when it cannot be opened. */
export function openWebSocketChannel(address: string): Promise<Channel> {
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  const channel = webSocketChannel(socket);
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(channel), { once: true });
    socket.addEventListener('error', () => reject(new Error('The engine’s socket did not open.')), {
      once: true,
    });
  });
}

function webSocketChannel(socket: WebSocket): Channel {
  let closed: CloseReason | null = null;
  const closeListeners: ((reason: CloseReason) => void)[] = [];
  socket.addEventListener('close', (event) => {
    closed = closeReason(event.code);
    for (const listener of closeListeners) listener(closed);
  });
  return {
    send: (message) => socket.send(message as Uint8Array<ArrayBuffer>),
    onMessage: (listener) =>
      socket.addEventListener('message', (event: MessageEvent<ArrayBuffer>) =>
        listener(new Uint8Array(event.data)),
      ),
    onClose: (listener) => (closed ? listener(closed) : void closeListeners.push(listener)),
    close: () => socket.close(),
  };
}

function closeReason(code: number): CloseReason {
  if (code === engineCloseCodes.crashed) return 'crashed';
  return code === engineCloseCodes.stopped ? 'stopped' : 'lost';
}
