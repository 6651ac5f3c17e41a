import { randomUUID } from 'node:crypto';
import type { CloseReason } from '../../contract/channel';
import { ClientChannel } from '../../engine/host/clientChannel';
import type { EngineEnd, Supervisor } from '../../engine/host/supervisor';

/** A supervisor without a process: its channels answer every message with the same bytes, reversed. */
export class StandInSupervisor implements Supervisor {
  readonly granted = new Map<string, string>();
  readonly channels: ClientChannel[] = [];
  readonly ports: unknown[] = [];
  readonly processId = null;
  stopped = false;
  private readonly endListeners = new Set<(end: EngineEnd) => void>();

  async openChannel(): Promise<ClientChannel> {
    const channel: ClientChannel = new ClientChannel(
      (message) => queueMicrotask(() => channel.receive(Uint8Array.from(message).reverse())),
      () => void this.channels.splice(this.channels.indexOf(channel), 1),
    );
    this.channels.push(channel);
    return channel;
  }

  async attachPort(port: unknown): Promise<void> {
    this.ports.push(port);
  }

  async grantRead(path: string): Promise<string> {
    return this.grant(path);
  }

  async grantWrite(path: string): Promise<string> {
    return this.grant(path);
  }

  pathOf(id: string): string | null {
    return this.granted.get(id) ?? null;
  }

  async kill(): Promise<void> {
    this.end('stopped');
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.end('stopped');
  }

  onEngineEnd(listener: (end: EngineEnd) => void): () => void {
    this.endListeners.add(listener);
    return () => void this.endListeners.delete(listener);
  }

  end(cause: Exclude<CloseReason, 'lost'>): void {
    for (const channel of this.channels.splice(0)) channel.end(cause);
    for (const listener of this.endListeners) listener({ cause, code: null, reason: 'test' });
  }

  private grant(path: string): string {
    const id = randomUUID();
    this.granted.set(id, path);
    return id;
  }
}
