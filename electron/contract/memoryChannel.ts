import type { Channel, CloseReason } from './channel';

/** One end of a link inside this process. Messages arrive later, in order, as copies. */
class MemoryEnd implements Channel {
  peer: MemoryEnd | null = null;
  private closed: CloseReason | null = null;
  private readonly messageListeners: ((message: Uint8Array) => void)[] = [];
  private readonly closeListeners: ((reason: CloseReason) => void)[] = [];

  send(message: Uint8Array): void {
    const copy = message.slice();
    const { peer } = this;
    setImmediate(() => {
      if (peer && peer.closed === null) for (const listener of peer.messageListeners) listener(copy);
    });
  }

  onMessage(listener: (message: Uint8Array) => void): void {
    this.messageListeners.push(listener);
  }

  onClose(listener: (reason: CloseReason) => void): void {
    if (this.closed === null) this.closeListeners.push(listener);
    else listener(this.closed);
  }

  close(): void {
    this.end('lost');
  }

  end(reason: CloseReason): void {
    if (this.closed !== null) return;
    this.closed = reason;
    for (const listener of this.closeListeners.splice(0)) listener(reason);
    this.peer?.end(reason);
  }
}

export interface MemoryLink {
  readonly client: Channel;
  readonly engine: Channel;
  /** Breaks the link for both ends. */
  end(reason: CloseReason): void;
}

export function memoryLink(): MemoryLink {
  const client = new MemoryEnd();
  const engine = new MemoryEnd();
  client.peer = engine;
  engine.peer = client;
  return { client, engine, end: (reason) => client.end(reason) };
}
