import type { Channel, CloseReason } from './channel';
import {
  type EngineApi,
  type EngineArgs,
  type EngineEvent,
  type EngineEventData,
  type EngineMethod,
  engineMethods,
} from './engine';
import { SidelightError } from './errors';
import { callEngine, type EventListener } from './rpc';

export type ConnectionState = 'connecting' | 'ready' | 'recovering' | 'closed';

/** What the user is told after a recovery. */
export interface Recovery {
  reason: CloseReason;
  /** True when unfinished work was started again, on the CPU. */
  retried: boolean;
}

/** Opens a channel to the engine that runs now; the shell restarts a dead one. */
export type OpenChannel = () => Promise<Channel>;

interface Pending {
  method: EngineMethod;
  args: unknown;
  attempts: number;
  resolve(value: unknown): void;
  reject(error: SidelightError): void;
}

const reopenDelaysMilliseconds = [0, 200, 500, 1000, 2000, 4000] as const;

/**
 * A client's lasting connection to an engine that may die. When it does: the channel is opened again, every source is
 * opened again under its own id, and what was under way is tried once more on the CPU. Work stopped by the user is
 * not repeated. The document lives with the client, so nothing of it is lost.
 */
export class EngineConnection {
  readonly engine: EngineApi;
  private live: EngineApi | null = null;
  private state: ConnectionState = 'connecting';
  private readonly pending = new Set<Pending>();
  private readonly sources = new Map<string, EngineArgs<'openSource'>>();
  private readonly eventListeners = new Set<EventListener>();
  private readonly stateListeners = new Set<(state: ConnectionState, recovery: Recovery | null) => void>();
  private channel: Channel | null = null;

  constructor(private readonly openChannel: OpenChannel) {
    const methods = Object.keys(engineMethods) as EngineMethod[];
    this.engine = Object.fromEntries(
      methods.map((method) => [method, (args: unknown) => this.call(method, args)]),
    ) as unknown as EngineApi;
    void this.open(null);
  }

  onEvent<E extends EngineEvent>(wanted: E, listener: (data: EngineEventData<E>) => void): () => void {
    const filtered: EventListener = (name, data) => {
      if ((name as EngineEvent) === wanted) listener(data as unknown as EngineEventData<E>);
    };
    this.eventListeners.add(filtered);
    return () => void this.eventListeners.delete(filtered);
  }

  onState(listener: (state: ConnectionState, recovery: Recovery | null) => void): () => void {
    this.stateListeners.add(listener);
    return () => void this.stateListeners.delete(listener);
  }

  get currentState(): ConnectionState {
    return this.state;
  }

  close(): void {
    this.setState('closed', null);
    this.channel?.close();
    this.rejectAll('cancelled', 'The connection to the engine was closed.', 'Open Sidelight again.');
  }

  private call(method: EngineMethod, args: unknown): Promise<unknown> {
    if (method === 'openSource')
      this.sources.set((args as EngineArgs<'openSource'>).sourceId, args as EngineArgs<'openSource'>);
    if (method === 'closeSource') this.sources.delete((args as EngineArgs<'closeSource'>).sourceId);
    return new Promise((resolve, reject) => {
      const entry: Pending = { method, args, attempts: 0, resolve, reject };
      this.pending.add(entry);
      if (this.live) this.send(entry, this.live);
    });
  }

  private send(entry: Pending, live: EngineApi): void {
    entry.attempts += 1;
    const method = live[entry.method] as (args: unknown) => Promise<unknown>;
    method(entry.args).then(
      (value) => {
        if (live === this.live && this.pending.delete(entry)) entry.resolve(value);
      },
      (thrown) => {
        if (live === this.live && this.pending.delete(entry)) entry.reject(SidelightError.from(thrown));
      },
    );
  }

  private async open(lost: CloseReason | null): Promise<void> {
    for (const delay of reopenDelaysMilliseconds) {
      if (this.state === 'closed') return;
      if (delay > 0) await new Promise((done) => setTimeout(done, delay));
      const channel = await this.openChannel().catch(() => null);
      if (channel && (await this.attach(channel, lost))) return;
    }
    this.rejectAll(
      'engine-unreachable',
      'The engine cannot be started.',
      'Your document is kept. Restart Sidelight; if it happens again, choose the CPU as the device.',
    );
    this.setState('closed', null);
  }

  private async attach(channel: Channel, lost: CloseReason | null): Promise<boolean> {
    let ended = false;
    const live = callEngine(channel, (name, data) => {
      for (const listener of this.eventListeners) listener(name, data);
    });
    const gone = new Promise<false>((resolve) => {
      channel.onClose((reason) => {
        ended = true;
        resolve(false);
        if (this.channel === channel) this.onChannelClosed(reason);
      });
    });
    const retry = [...this.pending].filter((entry) => entry.attempts > 0);
    const restored = this.restore(live, lost === 'crashed' && retry.length > 0).then(() => true);
    if (!(await Promise.race([restored, gone])) || ended) return false;
    this.channel = channel;
    this.live = live;
    this.setState('ready', lost === null ? null : { reason: lost, retried: retry.length > 0 });
    for (const entry of [...this.pending]) this.send(entry, live);
    return true;
  }

  private async restore(live: EngineApi, onCpu: boolean): Promise<void> {
    if (onCpu) await live.chooseDevice({ device: 'cpu' }).catch(() => undefined);
    const reopening = [...this.pending].filter((entry) => entry.method === 'openSource');
    const underWay = new Set(reopening.map((entry) => (entry.args as EngineArgs<'openSource'>).sourceId));
    for (const source of this.sources.values()) {
      // A source that was being opened is opened by its own pending call.
      if (!underWay.has(source.sourceId)) await live.openSource(source).catch(() => undefined);
    }
  }

  private onChannelClosed(reason: CloseReason): void {
    this.live = null;
    this.channel = null;
    if (this.state === 'closed') return;
    for (const entry of [...this.pending]) {
      if (reason === 'stopped' || entry.attempts > 1) {
        this.pending.delete(entry);
        entry.reject(reason === 'stopped' ? stoppedByUser() : crashedTwice());
      } else if (entry.method === 'exportResult' && reason === 'crashed') {
        entry.args = { ...(entry.args as EngineArgs<'exportResult'>), device: 'cpu' };
      }
    }
    this.setState('recovering', null);
    void this.open(reason);
  }

  private rejectAll(code: 'cancelled' | 'engine-unreachable', message: string, remedy: string): void {
    for (const entry of this.pending) entry.reject(new SidelightError(code, message, remedy));
    this.pending.clear();
  }

  private setState(state: ConnectionState, recovery: Recovery | null): void {
    this.state = state;
    for (const listener of this.stateListeners) listener(state, recovery);
  }
}

const stoppedByUser = () =>
  new SidelightError(
    'cancelled',
    'The run was stopped.',
    'Nothing was written; start it again when you like.',
  );

const crashedTwice = () =>
  new SidelightError(
    'engine-crashed',
    'The engine stopped twice on this work, the second time on the CPU.',
    'Your document is kept and nothing was written. Try a smaller picture or close other programs to free memory.',
  );
