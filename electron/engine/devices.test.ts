import { describe, expect, it, vi } from 'vitest';
import type { Device, DeviceReport } from '../contract/devices';
import type { ProbeOutcome } from './control';
import { Devices } from './devices';
import { honest, providerOf, providerTable } from './testing/providers';

const table = providerTable({
  cpu: providerOf(honest),
  webgpu: providerOf(honest),
  cuda: providerOf(honest),
});

function devicesWith(
  outcomes: Partial<Record<Device, ProbeOutcome>>,
  choice: DeviceReport['choice'] = 'auto',
) {
  const reports: DeviceReport[] = [];
  const requestProbe = vi.fn(
    async (device: Device): Promise<ProbeOutcome> =>
      outcomes[device] ?? { state: 'failed', detail: 'It broke.' },
  );
  const devices = new Devices(table, requestProbe, choice, (report) => reports.push(report));
  const stateOf = (device: Device) =>
    devices.report().devices.find((status) => status.device === device)?.state;
  return { devices, reports, requestProbe, stateOf };
}

const ready = {
  state: 'ready',
  milliseconds: 12,
  processorMilliseconds: 10,
  difference: 1e-5,
  float16: false,
} satisfies ProbeOutcome;

describe('auto', () => {
  it('is the processor until something else was found to work', async () => {
    const { devices } = devicesWith({ webgpu: ready });
    expect(devices.active()).toBe('cpu');
    await devices.probeAll();
    expect(devices.active()).toBe('webgpu');
  });

  it('walks down the chain past what fails', async () => {
    const { devices, stateOf } = devicesWith({ webgpu: ready });
    await devices.probeAll();
    expect(stateOf('cuda')).toBe('failed');
    expect(stateOf('coreml')).toBe('unavailable');
    devices.fail('webgpu', 'wrong-result', 'It gave an empty picture.');
    expect(devices.active()).toBe('cpu');
    expect(stateOf('webgpu')).toBe('wrong-result');
  });

  it('passes over what works but is far slower than the processor, such as a software driver', async () => {
    const software: ProbeOutcome = { ...ready, milliseconds: 9000 };
    const { devices, stateOf } = devicesWith({ webgpu: software });
    await devices.probeAll();
    expect([stateOf('webgpu'), devices.active()]).toEqual(['ready', 'cpu']);
    expect((await devices.choose('webgpu')).active).toBe('webgpu');
  });

  it('tells every change, the device in use among it', async () => {
    const { devices, reports } = devicesWith({ cuda: ready });
    await devices.probeAll();
    expect(reports.at(-1)?.active).toBe('cuda');
    expect(reports.some((report) => report.devices.some(({ state }) => state === 'probing'))).toBe(true);
  });

  it('probes each device once', async () => {
    const { devices, requestProbe } = devicesWith({});
    await Promise.all([devices.probeAll(), devices.probeAll()]);
    await devices.probeAll();
    expect(requestProbe.mock.calls.map(([device]) => device)).toEqual(['cuda', 'webgpu']);
  });
});

describe('a device that is named', () => {
  it('is tried when it was not yet', async () => {
    const { devices } = devicesWith({ webgpu: ready });
    expect(await devices.resolve('webgpu')).toBe('webgpu');
    expect((await devices.choose('webgpu')).active).toBe('webgpu');
  });

  it.each([
    ['device-failed', { state: 'failed', detail: 'It broke.' }],
    ['device-wrong-result', { state: 'wrong-result', difference: 0.2, detail: 'It differs.' }],
    ['device-unavailable', { state: 'unavailable', detail: 'No driver.' }],
  ] as const)('is refused with %s, and the choice stays', async (code, outcome) => {
    const { devices } = devicesWith({ webgpu: outcome });
    await expect(devices.choose('webgpu')).rejects.toMatchObject({ code });
    expect(devices.report()).toMatchObject({ choice: 'auto', active: 'cpu' });
  });
});

it('previews are computed in float16 where the probe found it right, until it breaks', async () => {
  const { devices } = devicesWith({ webgpu: { ...ready, float16: true }, cuda: ready });
  expect(devices.previewPrecision('webgpu')).toBe('float32');
  await devices.probeAll();
  const precisions = () => (['webgpu', 'cuda', 'cpu'] as const).map((one) => devices.previewPrecision(one));
  expect(precisions()).toEqual(['float16', 'float32', 'float32']);
  devices.failFloat16('webgpu');
  expect(precisions()).toEqual(['float32', 'float32', 'float32']);
  expect(devices.active()).toBe('cuda');
});

it('the processor needs no probe', async () => {
  const { devices, requestProbe } = devicesWith({});
  expect((await devices.choose('cpu')).active).toBe('cpu');
  expect(requestProbe).not.toHaveBeenCalled();
});
