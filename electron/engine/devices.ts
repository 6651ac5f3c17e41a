import {
  type Device,
  type DeviceChoice,
  type DeviceReport,
  type DeviceStatus,
  devices,
} from '../contract/devices';
import { type ErrorCode, SidelightError } from '../contract/errors';
import type { ProbeOutcome } from './control';
import { physicalCores } from './providers/cores';
import type { Precision, ProviderTable } from './providers/provider';

const titles: Readonly<Record<Device, string>> = {
  cuda: 'NVIDIA GPU (CUDA)',
  coreml: 'Apple Neural Engine and GPU (Core ML)',
  dml: 'GPU (DirectML)',
  webgpu: 'GPU (WebGPU)',
  cpu: 'CPU',
};

/**
 * A GPU imitated by the processor (lavapipe, SwiftShader, WARP) takes hundreds of times the processor's own time; a
 * true one may take a few times as long on the small probe tile, where starting its kernels is most of the work.
 */
const slowerThanProcessor = 5;

/** What can run networks here, what each was found to be worth, and which one is in use. */
export class Devices {
  private readonly statuses = new Map<Device, DeviceStatus>();
  /** They work, but `auto` does not take them. */
  private readonly slow = new Set<Device>();
  /** They compute right in float16 too. */
  private readonly float16 = new Set<Device>();
  private choice: DeviceChoice;
  private probing: Promise<void> | null = null;

  /**
   * @param requestProbe tries one device in a process of its own
   * @param onChange called whenever the report changes
   */
  constructor(
    private readonly providers: ProviderTable,
    private readonly requestProbe: (device: Device) => Promise<ProbeOutcome>,
    choice: DeviceChoice,
    private readonly onChange: (report: DeviceReport) => void,
  ) {
    this.choice = choice;
    for (const device of devices) this.statuses.set(device, untried(device));
  }

  report(): DeviceReport {
    return { choice: this.choice, active: this.active(), devices: [...this.statuses.values()] };
  }

  /** Tries every device that was not tried yet; at once when there is none. */
  async probeAll(): Promise<DeviceReport> {
    this.probing ??= this.probeUntried().finally(() => {
      this.probing = null;
    });
    await this.probing;
    return this.report();
  }

  /** @throws SidelightError device-unavailable, device-failed, device-wrong-result when a named device is not fit */
  async choose(choice: DeviceChoice): Promise<DeviceReport> {
    await this.resolve(choice);
    this.choice = choice;
    this.onChange(this.report());
    return this.report();
  }

  /**
   * The device for one job. `auto` takes what is known to work now, so that nothing waits for probing.
   * @throws SidelightError as `choose`
   */
  async resolve(choice: DeviceChoice): Promise<Device> {
    if (choice === 'auto' || choice === 'cpu') return choice === 'cpu' ? 'cpu' : this.active();
    if (this.status(choice).state === 'unprobed') await this.tryDevice(choice);
    if (this.status(choice).state === 'probing') await this.probeAll();
    const status = this.status(choice);
    if (status.state !== 'ready') throw notFit(status);
    return choice;
  }

  /** The device interactive work runs on now. */
  active(): Device {
    const wanted =
      this.choice === 'auto' ? devices.filter((device) => !this.slow.has(device)) : [this.choice];
    return wanted.find((device) => this.status(device).state === 'ready') ?? 'cpu';
  }

  /** A device broke at work: it is not used again by this engine. */
  fail(device: Device, state: 'failed' | 'wrong-result', detail: string): void {
    this.update(device, { state, detail });
  }

  /** What a device computes previews in. */
  previewPrecision(device: Device): Precision {
    return this.float16.has(device) ? 'float16' : 'float32';
  }

  /** A device broke at work in float16: it computes in float32 from now on. */
  failFloat16(device: Device): void {
    this.float16.delete(device);
  }

  private status(device: Device): DeviceStatus {
    return this.statuses.get(device) ?? untried(device);
  }

  private async probeUntried(): Promise<void> {
    for (const device of devices) if (this.status(device).state === 'unprobed') await this.tryDevice(device);
  }

  private async tryDevice(device: Device): Promise<void> {
    const reason = await this.providers[device].unavailable();
    if (reason !== null) return this.update(device, { state: 'unavailable', detail: reason });
    this.update(device, { state: 'probing', detail: 'Being tried.' });
    this.settle(device, await this.requestProbe(device));
  }

  private settle(device: Device, outcome: ProbeOutcome): void {
    if (outcome.state === 'ready') {
      const times = `${outcome.milliseconds.toFixed(0)} ms for the probe tile, the processor ${outcome.processorMilliseconds.toFixed(0)} ms`;
      const slow = outcome.milliseconds > slowerThanProcessor * outcome.processorMilliseconds;
      if (slow) this.slow.add(device);
      if (outcome.float16) this.float16.add(device);
      this.update(device, {
        state: 'ready',
        detail: slow ? `Works, but slowly: ${times}. Not used unless chosen.` : `Works: ${times}.`,
        probeMilliseconds: outcome.milliseconds,
        probeDifference: outcome.difference,
      });
    } else {
      const probeDifference = outcome.state === 'wrong-result' ? outcome.difference : null;
      this.update(device, { state: outcome.state, detail: outcome.detail, probeDifference });
    }
  }

  private update(device: Device, change: Partial<DeviceStatus>): void {
    this.statuses.set(device, { ...this.status(device), ...change });
    this.onChange(this.report());
  }
}

/** The processor needs no probe: it is what everything else is compared with. */
const untried = (device: Device): DeviceStatus => ({
  device,
  title: titles[device],
  state: device === 'cpu' ? 'ready' : 'unprobed',
  detail: device === 'cpu' ? `${physicalCores()} cores.` : 'Not tried yet.',
  probeMilliseconds: null,
  probeDifference: null,
});

function notFit({ device, title, state, detail }: DeviceStatus): SidelightError {
  const code: ErrorCode =
    state === 'failed'
      ? 'device-failed'
      : state === 'wrong-result'
        ? 'device-wrong-result'
        : 'device-unavailable';
  return new SidelightError(
    code,
    `${title} cannot be used. ${detail}`,
    'Choose “auto” or “cpu” as the device.',
    { device },
  );
}
