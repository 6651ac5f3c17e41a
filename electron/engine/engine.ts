import type { Device, DeviceChoice } from '../contract/devices';
import type { EngineEvent, EngineEventData } from '../contract/engine';
import type { SidelightError } from '../contract/errors';
import type { ParameterValue } from '../contract/filters';
import type { FilterResources } from '../filters/filter';
import { filterById } from '../filters/list';
import { BelievedGraphs } from './agreement/believedGraphs';
import type { EngineOptions, ProbeOutcome } from './control';
import { Devices } from './devices';
import { Evaluator } from './evaluate/evaluator';
import { Meter } from './evaluate/meter';
import type { Run } from './evaluate/run';
import { PermittedFiles } from './files';
import { ModelLibrary } from './models/library';
import { Sessions } from './models/sessions';
import { Networks, type Purpose } from './networks';
import type { OwnModels } from './own/ownModels';
import { OwnPhotographs } from './own/ownPhotographs';
import type { ProviderTable } from './providers/provider';
import { WorkQueue } from './queue';
import { RasterStore } from './store';

export type Tell = <E extends EngineEvent>(name: E, data: EngineEventData<E>) => void;

const memoryReportMilliseconds = 1000;

/** What all clients of one engine process share. */
export class Engine {
  readonly files = new PermittedFiles();
  readonly store = new RasterStore();
  readonly queue = new WorkQueue();
  readonly library: ModelLibrary;
  readonly devices: Devices;
  readonly evaluator: Evaluator;
  /** The photographs that users brought for their looks. */
  readonly photographs = new OwnPhotographs();
  readonly resources: FilterResources;
  readonly believed: BelievedGraphs;
  private readonly sessions: Sessions;
  private readonly listeners = new Set<Tell>();
  private memoryReported = 0;

  constructor(
    options: EngineOptions,
    providers: ProviderTable,
    requestProbe: (device: Device) => Promise<ProbeOutcome>,
    /** The networks that users brought. */
    readonly own: OwnModels,
  ) {
    this.library = new ModelLibrary(options.modelsFolder);
    this.sessions = new Sessions(this.library, providers, options.sessions);
    this.believed = new BelievedGraphs(this.sessions, this.warn);
    this.resources = {
      models: (network) => this.library.models(network),
      own,
      photographs: this.photographs,
    };
    this.devices = new Devices(providers, requestProbe, options.device, (report) =>
      this.tell('devicesChanged', report),
    );
    this.evaluator = new Evaluator({
      filterById,
      ...this.resources,
      store: this.store,
      tileBytes: options.tileBytes,
      onGpu: () => this.devices.active() !== 'cpu',
      cacheBytes: options.cacheBytes,
    });
  }

  /** Adds one who hears every event. */
  listen(tell: Tell): () => void {
    this.listeners.add(tell);
    return () => void this.listeners.delete(tell);
  }

  tell: Tell = (name, data) => {
    for (const listener of this.listeners) listener(name, data);
  };

  private readonly warn = (warning: SidelightError) => this.tell('warning', warning.toData());

  /** A walk through tiles on the device that `choice` means now. @throws SidelightError when that device is not fit */
  async startRun(
    choice: DeviceChoice,
    signal: AbortSignal,
    purpose: Purpose,
    meter = new Meter(),
  ): Promise<Run> {
    const networks = new Networks(
      {
        library: this.library,
        sessions: this.sessions,
        devices: this.devices,
        believed: this.believed,
        warn: this.warn,
      },
      await this.devices.resolve(choice),
      purpose,
    );
    return {
      runtime: {
        networks,
        own: this.own,
        photographs: this.photographs,
        signal,
        progress: (share) => meter.within(share),
      },
      deviceOf: (network) => networks.deviceOf(network),
      models: networks.used,
      meter,
      get device() {
        return networks.current;
      },
      get precision() {
        return networks.precision;
      },
    };
  }

  /** Where the file lies that a step names by this value, if it is the fingerprint of one. */
  stepFile(value: ParameterValue): string | undefined {
    return typeof value === 'string' ? (this.own.pathOf(value) ?? this.photographs.pathOf(value)) : undefined;
  }

  /** At most once a second. */
  reportMemory(): void {
    const now = Date.now();
    if (now - this.memoryReported < memoryReportMilliseconds) return;
    this.memoryReported = now;
    this.tell('memory', {
      residentBytes: process.memoryUsage.rss(),
      storedBytes: this.store.bytes + this.evaluator.cache.bytes,
    });
  }
}
