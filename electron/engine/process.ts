import { type Logger, pino } from 'pino';
import type { Device } from '../contract/devices';
import { Clients } from './clients';
import type { EngineOptions, HostMessage, ProbeOutcome, TrialOutcome } from './control';
import { Engine } from './engine';
import type { HostLink, PortLike } from './hostLink';
import { ModelLibrary } from './models/library';
import { OwnModels } from './own/ownModels';
import { tryModelFile } from './own/trial';
import { probe } from './probe';
import type { ProviderTable } from './providers/provider';
import type { OpenWholeModel } from './providers/wholeModel';

/** Exit code of an engine that ran into something nobody foresaw; its owner starts another one. */
const crashed = 70;

/** The life of an engine process, or of a short-lived one: the owner's first message says which. */
export function runProcess(link: HostLink, providers: ProviderTable, openModel: OpenWholeModel): void {
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
    if (message.kind === 'runTrial') void runTrial(link, openModel, message.path);
    if (message.kind === 'configure') {
      logger = loggerAt(message.options.logLevel);
      handle = engineHandler(link, providers, openModel, message.options, logger);
      link.send({ kind: 'ready' });
    }
  };
  link.onMessage((message, ports) => handle(message, ports));
}

async function runProbe(link: HostLink, providers: ProviderTable, device: Device, modelsFolder: string) {
  const outcome = await probe(device, providers, new ModelLibrary(modelsFolder));
  link.send({ kind: 'probeDone', outcome });
}

async function runTrial(link: HostLink, openModel: OpenWholeModel, path: string) {
  link.send({ kind: 'trialDone', outcome: await tryModelFile(path, openModel) });
}

function engineHandler(
  link: HostLink,
  providers: ProviderTable,
  openModel: OpenWholeModel,
  options: EngineOptions,
  logger: Logger,
) {
  const waiting = new Map<Device, (outcome: ProbeOutcome) => void>();
  const requestProbe = (device: Device) =>
    new Promise<ProbeOutcome>((resolve) => {
      waiting.set(device, resolve);
      link.send({ kind: 'probe', device });
    });
  const trials = new Map<number, (outcome: TrialOutcome) => void>();
  let trialsAsked = 0;
  const requestTrial = (fileId: string) =>
    new Promise<TrialOutcome>((resolve) => {
      const trial = trialsAsked++;
      trials.set(trial, resolve);
      link.send({ kind: 'try', trial, fileId });
    });
  const engine = new Engine(options, providers, requestProbe, new OwnModels(openModel, requestTrial));
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
      case 'tried':
        trials.get(message.trial)?.(message.outcome);
        trials.delete(message.trial);
        break;
      case 'shutdown':
        process.exit(0);
        break;
      case 'configure':
      case 'runProbe':
      case 'runTrial':
        // Only ever the first message of a process.
        break;
    }
  };
}

/** Lines on stderr, written at once: the last one before a crash is the one that matters. */
const loggerAt = (level: EngineOptions['logLevel']) =>
  pino({ name: 'engine', level }, pino.destination({ dest: 2, sync: true }));
