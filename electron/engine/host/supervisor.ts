import { randomUUID } from 'node:crypto';
import { resolve as absolutePath } from 'node:path';
import type { Channel, CloseReason } from '../../contract/channel';
import { SidelightError } from '../../contract/errors';
import { type EngineMessage, type EngineOptions, engineMessageSchema, type HostMessage } from '../control';
import { ClientChannel } from './clientChannel';
import { Grants } from './grants';
import type { EngineExit, EngineLauncher, EngineProcess } from './launcher';
import { probeDevice } from './probing';
import { tryModel } from './trying';

/** Why and how an engine ended; `crashed` unless it was asked to. */
export interface EngineEnd extends EngineExit {
  readonly cause: 'crashed' | 'stopped' | 'shutdown';
}

export interface SupervisorSettings {
  readonly launch: EngineLauncher;
  readonly modelsFolder: string;
  /** What differs from the defaults of `defaultEngineOptions`. */
  readonly options?: Partial<Omit<EngineOptions, 'modelsFolder'>>;
  /** One line about the engine's life, for the shell's log. */
  readonly log?: (line: string) => void;
  /** For what is tried in a process of its own: a device, a model. */
  readonly probeTimeoutMilliseconds?: number;
}

/** Owns the engine process: starts it when it is needed, watches it, starts it again, hands out channels to it. */
export interface Supervisor {
  /** A new client of the engine that runs now; starts one when there is none. Closes with the reason the engine ended. */
  openChannel(): Promise<Channel>;
  /**
   * A new client over a MessagePort that is handed to the engine (Electron). Its end is seen by the port's other side;
   * why it ended is told by `onEngineEnd`.
   */
  attachPort(port: unknown): Promise<void>;
  /** Lets clients open this file by the id; the same path keeps its id. Kept across restarts. */
  grantRead(path: string): Promise<string>;
  /** Lets clients write this path by the id. Kept across restarts. */
  grantWrite(path: string): Promise<string>;
  /** The path behind an id of `grantRead` or `grantWrite`; null when there is none. */
  pathOf(id: string): string | null;
  /** Hard cancel: ends the engine at once, channels close as `stopped`. The next `openChannel` starts a fresh one. */
  kill(): Promise<void>;
  /** Ends the engine for good. */
  stop(): Promise<void>;
  /** Process id of the engine that runs now. */
  readonly processId: number | null;
  onEngineEnd(listener: (end: EngineEnd) => void): () => void;
}

const defaultEngineOptions: Omit<EngineOptions, 'modelsFolder'> = {
  device: 'auto',
  tileBytes: 640 * 1024 * 1024,
  cacheBytes: 192 * 1024 * 1024,
  sessions: 3,
  logLevel: 'warn',
};

/** Pauses before a restart, by how many crashes came just before; the last one repeats. */
const backOffMilliseconds = [0, 250, 1000, 3000] as const;
const crashMemoryMilliseconds = 60_000;
const startTimeoutMilliseconds = 30_000;
const shutdownGraceMilliseconds = 2_000;

interface Running {
  readonly process: EngineProcess;
  readonly channels: Map<string, ClientChannel>;
  readonly ended: Promise<EngineEnd>;
  cause: EngineEnd['cause'];
}

export function createSupervisor(settings: SupervisorSettings): Supervisor {
  const log = settings.log ?? (() => undefined);
  const options: EngineOptions = {
    ...defaultEngineOptions,
    ...settings.options,
    modelsFolder: absolutePath(settings.modelsFolder),
  };
  const grants = new Grants();
  const endListeners = new Set<(end: EngineEnd) => void>();
  let starting: Promise<Running> | null = null;
  /** Started, perhaps not yet ready: it queues what it is sent. */
  let launched: EngineProcess | null = null;
  let running: Running | null = null;
  let crashes: number[] = [];
  let stopped = false;

  const post = (to: EngineProcess, message: HostMessage, ports?: readonly unknown[]) =>
    to.send(message, ports);

  const onMessage = (from: Running, message: EngineMessage) => {
    if (message.kind === 'data') from.channels.get(message.client)?.receive(message.bytes);
    if (message.kind === 'detached') {
      from.channels.get(message.client)?.end('lost');
      from.channels.delete(message.client);
    }
    const timeout = settings.probeTimeoutMilliseconds ?? 60_000;
    if (message.kind === 'try') {
      const { trial, fileId } = message;
      void tryModel(settings.launch, grants.pathOf(fileId) ?? '', timeout).then((outcome) => {
        log(`trial of a model: ${outcome.state}`);
        post(from.process, { kind: 'tried', trial, outcome });
      });
    }
    if (message.kind === 'probe') {
      const { device } = message;
      void probeDevice(settings.launch, device, options.modelsFolder, timeout).then((outcome) => {
        log(`probe of ${device}: ${JSON.stringify(outcome)}`);
        post(from.process, { kind: 'probed', device, outcome });
      });
    }
  };

  const onEnd = (engine: Running, end: EngineEnd) => {
    if (running === engine) running = null;
    if (launched === engine.process) launched = null;
    if (end.cause === 'crashed') crashes.push(Date.now());
    log(`engine ${engine.process.pid ?? ''} ended: ${end.cause}, ${end.reason}`);
    const reason: CloseReason = end.cause === 'crashed' ? 'crashed' : 'stopped';
    for (const channel of engine.channels.values()) channel.end(reason);
    for (const listener of endListeners) listener(end);
  };

  const start = async (): Promise<Running> => {
    crashes = crashes.filter((time) => Date.now() - time < crashMemoryMilliseconds);
    const pause = backOffMilliseconds[Math.min(crashes.length, backOffMilliseconds.length) - 1] ?? 0;
    if (pause > 0) await new Promise((done) => setTimeout(done, pause));
    const process = settings.launch('engine');
    const engine: Running = {
      process,
      channels: new Map(),
      cause: 'crashed',
      ended: new Promise<EngineEnd>((done) => {
        process.onExit((exit) => done({ ...exit, cause: engine.cause }));
      }),
    };
    const ready = new Promise<true>((done) => {
      process.onMessage((message) => {
        const checked = engineMessageSchema.safeParse(message);
        if (!checked.success) return log('the engine sent a malformed control message');
        if (checked.data.kind === 'ready') return done(true);
        onMessage(engine, checked.data);
      });
    });
    void engine.ended.then((end) => onEnd(engine, end));
    launched = process;
    post(process, { kind: 'configure', options });
    for (const message of grants.messages()) post(process, message);
    const timer = setTimeout(() => process.kill(), startTimeoutMilliseconds);
    const end = await Promise.race([ready, engine.ended]);
    clearTimeout(timer);
    if (end !== true) throw cannotStart(end.reason);
    running = engine;
    log(`engine ${process.pid ?? ''} ready`);
    return engine;
  };

  const engineNow = async (): Promise<Running> => {
    if (stopped) throw cannotStart('it was shut down');
    if (running) return running;
    starting ??= start().finally(() => {
      starting = null;
    });
    return starting;
  };

  const granted = ({ id, message }: ReturnType<Grants['read']>) => {
    if (launched) post(launched, message);
    return id;
  };

  const end = async (cause: 'stopped' | 'shutdown') => {
    const engine = running ?? (await starting?.catch(() => null));
    if (!engine) return;
    engine.cause = cause;
    if (cause === 'shutdown') {
      post(engine.process, { kind: 'shutdown' });
      const timer = setTimeout(() => engine.process.kill(), shutdownGraceMilliseconds);
      await engine.ended;
      clearTimeout(timer);
    } else {
      engine.process.kill();
      await engine.ended;
    }
  };

  return {
    async openChannel() {
      const engine = await engineNow();
      const client = randomUUID();
      const channel = new ClientChannel(
        (bytes) => post(engine.process, { kind: 'data', client, bytes }),
        () => {
          engine.channels.delete(client);
          post(engine.process, { kind: 'detach', client });
        },
      );
      engine.channels.set(client, channel);
      post(engine.process, { kind: 'attach', client });
      return channel;
    },
    async attachPort(port) {
      post((await engineNow()).process, { kind: 'attach', client: randomUUID() }, [port]);
    },
    async grantRead(path) {
      return granted(grants.read(path));
    },
    async grantWrite(path) {
      return granted(grants.write(path));
    },
    pathOf: (id) => grants.pathOf(id),
    kill: () => end('stopped'),
    async stop() {
      stopped = true;
      await end('shutdown');
    },
    get processId() {
      return running?.process.pid ?? null;
    },
    onEngineEnd(listener) {
      endListeners.add(listener);
      return () => void endListeners.delete(listener);
    },
  };
}

const cannotStart = (reason: string) =>
  new SidelightError(
    'engine-unreachable',
    `The engine could not be started: ${reason}.`,
    'Run "npm ci" again; if it happens again, report it with this message.',
  );
