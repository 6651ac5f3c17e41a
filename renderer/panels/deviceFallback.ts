import type { DeviceReport } from '../../electron/contract/devices';

/** Whether the CPU stands in for a device that was wanted and did not work. */
export function isFallback({ choice, active, devices }: DeviceReport): boolean {
  if (active !== 'cpu' || choice === 'cpu') return false;
  const broken = devices.some(({ state }) => state === 'failed' || state === 'wrong-result');
  return broken || choice !== 'auto';
}
