import { describe, expect, it } from 'vitest';
import type { DeviceReport, DeviceStatus } from '../../electron/contract/devices';
import { isFallback } from './deviceFallback';

const status = (device: DeviceStatus['device'], state: DeviceStatus['state']): DeviceStatus => ({
  device,
  state,
  title: device,
  detail: '',
  probeMilliseconds: null,
  probeDifference: null,
});
const report = (choice: DeviceReport['choice'], gpu: DeviceStatus['state'], active = 'cpu' as const) => ({
  choice,
  active,
  devices: [status('webgpu', gpu), status('cpu', 'ready')],
});

describe('the CPU as a fallback', () => {
  it('is one when a device that is there failed or gave wrong values', () => {
    expect(isFallback(report('auto', 'failed'))).toBe(true);
    expect(isFallback(report('auto', 'wrong-result'))).toBe(true);
  });

  it('is one when another device was asked for', () => {
    expect(isFallback(report('webgpu', 'unavailable'))).toBe(true);
  });

  it('is none where there is nothing else, or where it was chosen', () => {
    expect(isFallback(report('auto', 'unavailable'))).toBe(false);
    expect(isFallback(report('cpu', 'failed'))).toBe(false);
  });

  it('is none while another device works', () => {
    expect(isFallback({ ...report('auto', 'ready'), active: 'webgpu' })).toBe(false);
  });
});
