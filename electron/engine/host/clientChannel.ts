import type { Channel, CloseReason } from '../../contract/channel';

/** One client's share of an engine's control channel, seen from the owner's side. */
export class ClientChannel implements Channel {
  private messageListener: ((message: Uint8Array) => void) | null = null;
  private readonly closeListeners: ((reason: CloseReason) => void)[] = [];
  /** Messages that came before anyone listened. */
  private early: Uint8Array[] = [];
  private closed: CloseReason | null = null;

  constructor(
    private readonly post: (message: Uint8Array) => void,
    private readonly detach: () => void,
  ) {}

  send(message: Uint8Array): void {
    if (this.closed === null) this.post(message);
  }

  onMessage(listener: (message: Uint8Array) => void): void {
    this.messageListener = listener;
    for (const message of this.early.splice(0)) listener(message);
  }

  onClose(listener: (reason: CloseReason) => void): void {
    if (this.closed === null) this.closeListeners.push(listener);
    else listener(this.closed);
  }

  close(): void {
    if (this.closed !== null) return;
    this.detach();
    this.end('lost');
  }

  /** For the owner of the engine: a message from it. */
  receive(message: Uint8Array): void {
    if (this.closed !== null) return;
    if (this.messageListener) this.messageListener(message);
    else this.early.push(message);
  }

  /** For the owner of the engine: the link is gone. */
  end(reason: CloseReason): void {
    if (this.closed !== null) return;
    this.closed = reason;
    for (const listener of this.closeListeners.splice(0)) listener(reason);
  }
}
