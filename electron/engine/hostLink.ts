import { type EngineMessage, type HostMessage, hostMessageSchema } from './control';

/** The engine process's end of the control channel to the process that owns it. */
export interface HostLink {
  send(message: EngineMessage): void;
  /** `ports`: MessagePorts handed over with the message (Electron). */
  onMessage(listener: (message: HostMessage, ports: readonly PortLike[]) => void): void;
  /** The owner is gone. */
  onGone(listener: () => void): void;
}

/** Electron's MessagePortMain, as far as it is used here. */
export interface PortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** Electron's `process.parentPort` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: PortLike[] }) => void): void;
}

/** @throws Error when this process was not started by an owner of an engine */
export function connectToHost(): HostLink {
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort) return utilityProcessLink(parentPort);
  if (process.send) return childProcessLink();
  throw new Error('The engine is started by Sidelight itself; it cannot be run by hand.');
}

function childProcessLink(): HostLink {
  // A terminal sends these to the whole group; when an engine ends is its owner's decision, or the owner's own end.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  return {
    send(message) {
      // The callback takes the error of a pipe that closes in the middle; `disconnect` tells the rest.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) =>
      void process.on('message', (message) => listener(hostMessageSchema.parse(message), [])),
    onGone: (listener) => void process.on('disconnect', listener),
  };
}

function utilityProcessLink(parentPort: ParentPort): HostLink {
  return {
    send: (message) => parentPort.postMessage(message),
    onMessage: (listener) =>
      parentPort.on('message', ({ data, ports }) => listener(hostMessageSchema.parse(data), ports)),
    // Electron ends its utility processes itself.
    onGone: () => undefined,
  };
}
