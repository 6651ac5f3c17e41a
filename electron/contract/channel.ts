/** Why a channel ended: the engine died, the user had it stopped, or the link itself was lost. */
export type CloseReason = 'crashed' | 'stopped' | 'lost';

/**
 * One ordered, binary-capable link between a client and the engine: a WebSocket in the browser shell, a MessagePort
 * on the desktop, the child's IPC pipe in the command line. It carries whole messages as bytes and knows nothing of
 * their meaning.
 */
export interface Channel {
  /** Has copied or sent the message when it returns: its memory is used again. */
  send(message: Uint8Array): void;
  onMessage(listener: (message: Uint8Array) => void): void;
  /** Called once, when the link is gone for whatever reason; at once if it already is. */
  onClose(listener: (reason: CloseReason) => void): void;
  close(): void;
}
