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

/** What opens files, in the order in which they are opened again: trying a model may take long. */
const openingMethods = ['openSource', 'openPhotograph', 'openModel'] as const satisfies EngineMethod[];

/** Something that a fresh engine has to open again. */
interface Opening {
  /** Another opening of this name takes its place. */
  readonly name: string;
  readonly method: (typeof openingMethods)[number];
  readonly args: unknown;
}

const sourceName = ({ sourceId }: Pick<EngineArgs<'openSource'>, 'sourceId'>) => `openSource ${sourceId}`;

/** Null for methods that open nothing. */
function openingOf(wanted: EngineMethod, args: unknown): Opening | null {
  const method = openingMethods.find((one) => one === wanted);
  if (!method) return null;
  if (method === 'openSource') return { name: sourceName(args as EngineArgs<'openSource'>), method, args };
  return { name: `${method} ${(args as EngineArgs<typeof method>).fileId}`, method, args };
}

/** A request in the middle of which the link breaks again and again is given up. */
const mostAttempts = 4;

const reopenDelaysMilliseconds = [0, 200, 500, 1000, 2000, 4000] as const;

/**
 * A client's lasting connection to an engine that may die. When it does: the channel is opened again, every source is
 * opened again under its own id, every file of a step too, and what was under way is tried once more on the CPU. Work stopped by
 * the user is not repeated. The document lives with the client, so nothing of it is lost.
 */
export class EngineConnection {
  readonly engine: EngineApi;
  private live: EngineApi | null = null;
  private state: ConnectionState = 'connecting';
  private readonly pending = new Set<Pending>();
  /** By method and by what it opened. */
  private readonly opened = new Map<string, Opening>();
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
    const opening = openingOf(method, args);
    if (opening) this.opened.set(opening.name, opening);
    if (method === 'closeSource') this.opened.delete(sourceName(args as EngineArgs<'closeSource'>));
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
    const opening = openingOf(entry.method, entry.args);
    if (opening) this.forget(opening);
    entry.reject(error);
  }

  /** Unless something else was opened in its place since. */
  private forget({ name, args }: Opening): void {
    if (this.opened.get(name)?.args === args) this.opened.delete(name);
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
    // What was being opened is opened by its own pending call.
    const underWay = new Set([...this.pending].map(({ method, args }) => openingOf(method, args)?.name));
    const inTurn = openingMethods.flatMap((method) =>
      [...this.opened.values()].filter((opening) => opening.method === method),
    );
    for (const opening of inTurn.filter(({ name }) => !underWay.has(name))) {
      const open = live[opening.method] as (args: unknown) => Promise<unknown>;
      const again = open(opening.args).then(() => null);
      const reason = await Promise.race([again.catch(() => null), gone]);
      // An engine that dies of a file would die of it again and again. Models are tried outside: it does not die of them.
      if (reason === 'crashed' && opening.method !== 'openModel') this.forget(opening);
      if (reason) return;
    }
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
