import type { Channel, CloseReason } from './channel';
import {
  type EngineApi,
  type EngineArgs,
  type EngineEvent,
  type EngineEventData,
  type EngineMethod,
  engineMethods,
} from './engine';
import { cancelled, SidelightError } from './errors';
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
  /** How often it was sent, and how often the engine died meanwhile. */
  attempts: number;
  crashes: number;
  resolve(value: unknown): void;
  reject(error: SidelightError): void;
}

/** A request in the middle of which the link breaks again and again is given up. */
const mostAttempts = 4;

const reopenDelaysMilliseconds = [0, 200, 500, 1000, 2000, 4000] as const;

/**
 * A client's lasting connection to an engine that may die. When it does: the channel is opened again, every source is
 * opened again under its own id, every model of the user's too, and what was under way is tried once more on the CPU. Work stopped by the user is
 * not repeated. The document lives with the client, so nothing of it is lost.
 */
export class EngineConnection {
  readonly engine: EngineApi;
  private live: EngineApi | null = null;
  private state: ConnectionState = 'connecting';
  private readonly pending = new Set<Pending>();
  private readonly sources = new Map<string, EngineArgs<'openSource'>>();
  /** Networks that the user brought, by the id of their file. */
  private readonly models = new Map<string, EngineArgs<'openModel'>>();
  private device: EngineArgs<'chooseDevice'> | null = null;
  private readonly eventListeners = new Set<EventListener>();
  private readonly stateListeners = new Set<(state: ConnectionState, recovery: Recovery | null) => void>();
  private channel: Channel | null = null;
  /** Closed by its owner, which is for good. */
  private ended = false;

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

  /** Starts over after it gave up, with every source that was open. Does nothing at any other time. */
  reopen(): void {
    if (this.state !== 'closed' || this.ended) return;
    this.setState('connecting', null);
    void this.open(null);
  }

  close(): void {
    this.ended = true;
    this.setState('closed', null);
    this.channel?.close();
    this.rejectAll(connectionClosed());
  }

  private call(method: EngineMethod, args: unknown): Promise<unknown> {
    if (this.state === 'closed') return Promise.reject(unreachable());
    if (method === 'openSource')
      this.sources.set((args as EngineArgs<'openSource'>).sourceId, args as EngineArgs<'openSource'>);
    if (method === 'closeSource') this.sources.delete((args as EngineArgs<'closeSource'>).sourceId);
    if (method === 'openModel')
      this.models.set((args as EngineArgs<'openModel'>).fileId, args as EngineArgs<'openModel'>);
    if (method === 'chooseDevice') this.device = args as EngineArgs<'chooseDevice'>;
    return new Promise((resolve, reject) => {
      const entry: Pending = { method, args, attempts: 0, crashes: 0, resolve, reject };
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
        if (live === this.live) this.fail(entry, SidelightError.from(thrown));
      },
    );
  }

  private fail(entry: Pending, error: SidelightError): void {
    if (!this.pending.delete(entry)) return;
    // A file that does not open is not opened again after a crash, which it may have caused.
    if (entry.method === 'openSource') this.forget(entry.args as EngineArgs<'openSource'>);
    if (entry.method === 'openModel') this.models.delete((entry.args as EngineArgs<'openModel'>).fileId);
    entry.reject(error);
  }

  private forget(source: EngineArgs<'openSource'>): void {
    if (this.sources.get(source.sourceId) === source) this.sources.delete(source.sourceId);
  }

  private async open(lost: CloseReason | null): Promise<void> {
    for (const delay of reopenDelaysMilliseconds) {
      if (delay > 0) await new Promise((done) => setTimeout(done, delay));
      if (this.ended) return;
      const channel = await this.openChannel().catch(() => null);
      if (channel && (await this.attach(channel, lost))) return;
    }
    this.setState('closed', null);
    this.rejectAll(unreachable());
  }

  private async attach(channel: Channel, lost: CloseReason | null): Promise<boolean> {
    const live = callEngine(channel, (name, data) => {
      for (const listener of this.eventListeners) listener(name, data);
    });
    let ended = false;
    const gone = new Promise<CloseReason>((resolve) => {
      channel.onClose((reason) => {
        ended = true;
        resolve(reason);
        if (this.channel === channel) this.onChannelClosed(reason);
      });
    });
    const retry = [...this.pending].filter((entry) => entry.attempts > 0);
    await this.restore(live, lost === 'crashed' && retry.length > 0, gone);
    if (ended) return false;
    if (this.ended) {
      channel.close();
      return true;
    }
    this.channel = channel;
    this.live = live;
    // Before anyone is told: what listeners ask then is sent at once, and would be sent twice.
    for (const entry of [...this.pending]) this.send(entry, live);
    this.setState('ready', lost === null ? null : { reason: lost, retried: retry.length > 0 });
    return true;
  }

  /** Brings a fresh engine to where the last one was, unless it ends meanwhile. */
  private async restore(live: EngineApi, onCpu: boolean, gone: Promise<CloseReason>): Promise<void> {
    if (onCpu) await Promise.race([live.chooseDevice({ device: 'cpu' }).catch(() => null), gone]);
    // Trying a device may take long: the processor does until then.
    else if (this.device) void live.chooseDevice(this.device).catch(() => null);
    const reopening = [...this.pending].filter((entry) => entry.method === 'openSource');
    const underWay = new Set(reopening.map((entry) => (entry.args as EngineArgs<'openSource'>).sourceId));
    for (const source of [...this.sources.values()]) {
      // A source that was being opened is opened by its own pending call.
      if (underWay.has(source.sourceId)) continue;
      const opened = live.openSource(source).then(() => null);
      const reason = await Promise.race([opened.catch(() => null), gone]);
      // An engine that dies of a file would die of it again and again.
      if (reason === 'crashed') this.forget(source);
      if (reason) return;
    }
    // Models are tried outside the engine: it does not die of them here. Those under way have their own pending call.
    const trying = new Set([...this.pending].map(({ args }) => args));
    for (const model of [...this.models.values()].filter((known) => !trying.has(known)))
      await Promise.race([live.openModel(model).catch(() => null), gone]);
  }

  private onChannelClosed(reason: CloseReason): void {
    this.live = null;
    this.channel = null;
    if (this.ended) return;
    for (const entry of [...this.pending]) this.afterClose(entry, reason);
    this.setState('recovering', null);
    void this.open(reason);
  }

  /** Decides about work that was under way: dropped, given up, or kept for the next engine. */
  private afterClose(entry: Pending, reason: CloseReason): void {
    if (entry.attempts === 0) return;
    if (reason === 'crashed') entry.crashes += 1;
    if (reason === 'stopped') this.fail(entry, cancelled());
    else if (entry.crashes > 1) this.fail(entry, crashedTwice());
    else if (entry.attempts >= mostAttempts) this.fail(entry, unreachable());
    else if (reason === 'crashed' && entry.method === 'exportResult')
      entry.args = { ...(entry.args as EngineArgs<'exportResult'>), device: 'cpu' };
  }

  private rejectAll(error: SidelightError): void {
    for (const entry of [...this.pending]) this.fail(entry, error);
  }

  private setState(state: ConnectionState, recovery: Recovery | null): void {
    this.state = state;
    for (const listener of this.stateListeners) listener(state, recovery);
  }
}

const unreachable = () =>
  new SidelightError(
    'engine-unreachable',
    'The engine could not be started.',
    'Nothing was lost. Try again; if it happens again, close other programs to free memory, or choose the CPU as the device.',
  );

const connectionClosed = () =>
  new SidelightError('cancelled', 'The connection to the engine was closed.', 'Open Sidelight again.');

const crashedTwice = () =>
  new SidelightError(
    'engine-crashed',
    'The engine stopped twice on this work, the second time on the CPU.',
    'Your document is kept and nothing was written. Try a smaller picture or close other programs to free memory.',
  );
