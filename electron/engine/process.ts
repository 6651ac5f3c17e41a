import { type Logger, pino } from 'pino';
import type { Device } from '../contract/devices';
import { Clients } from './clients';
import type { EngineOptions, HostMessage, ProbeOutcome } from './control';
import { Engine } from './engine';
import type { HostLink, PortLike } from './hostLink';
import { ModelLibrary } from './models/library';
import { probe } from './probe';
import type { ProviderTable } from './providers/provider';

/** Exit code of an engine that ran into something nobody foresaw; its owner starts another one. */
const crashed = 70;

/** The life of an engine process, or of a probing one: the owner's first message says which. */
export function runProcess(link: HostLink, providers: ProviderTable): void {
  let logger: Logger | null = null;
  const crash = (thrown: unknown) => {
    logger?.fatal(thrown);
    process.exit(crashed);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  link.onGone(() => process.exit(0));
  let handle: (message: HostMessage, ports: readonly PortLike[]) => void = (message) => {
    if (message.kind === 'runProbe') void runProbe(link, providers, message.device, message.modelsFolder);
    if (message.kind === 'configure') {
      logger = loggerAt(message.options.logLevel);
      handle = engineHandler(link, providers, message.options, logger);
      link.send({ kind: 'ready' });
    }
  };
  link.onMessage((message, ports) => handle(message, ports));
}

async function runProbe(link: HostLink, providers: ProviderTable, device: Device, modelsFolder: string) {
  const outcome = await probe(device, providers, new ModelLibrary(modelsFolder));
  link.send({ kind: 'probeDone', outcome });
}

function engineHandler(link: HostLink, providers: ProviderTable, options: EngineOptions, logger: Logger) {
  const waiting = new Map<Device, (outcome: ProbeOutcome) => void>();
  const requestProbe = (device: Device) =>
    new Promise<ProbeOutcome>((resolve) => {
      waiting.set(device, resolve);
      link.send({ kind: 'probe', device });
    });
  const engine = new Engine(options, providers, requestProbe);
  const clients = new Clients(engine, link);
  engine.listen((name, data) => {
    if (name === 'warning') logger.warn(data);
    if (name === 'devicesChanged') logger.info(data);
  });
  return (message: HostMessage, ports: readonly PortLike[]): void => {
    switch (message.kind) {
      case 'attach':
        clients.attach(message.client, ports[0]);
        break;
      case 'data':
        clients.receive(message.client, message.bytes);
        break;
      case 'detach':
        clients.detach(message.client);
        break;
      case 'grantRead':
        engine.files.permitReading(message.fileId, message.path);
        break;
      case 'grantWrite':
        engine.files.permitWriting(message.writeId, message.path);
        break;
      case 'probed':
        waiting.get(message.device)?.(message.outcome);
        waiting.delete(message.device);
        break;
      case 'shutdown':
        process.exit(0);
        break;
      case 'configure':
      case 'runProbe':
        // Only ever the first message of a process.
        break;
    }
  };
}

/** Lines on stderr, written at once: the last one before a crash is the one that matters. */
const loggerAt = (level: EngineOptions['logLevel']) =>
  pino({ name: 'engine', level }, pino.destination({ dest: 2, sync: true }));
