import type { Command } from 'commander';
import type { DeviceReport, DeviceStatus } from '../../contract/devices';
import type { Perform } from '../context';
import { withEngine } from '../engineSession';
import { withOutputOptions } from '../options';
import type { OutputOptions } from '../output';
import { alignColumns } from '../textTable';

export function devicesCommand(program: Command, perform: Perform): void {
  const command = program
    .command('devices')
    .description('try every device that can run networks, and say which one is used');
  withOutputOptions(command).action((options: OutputOptions) =>
    perform(options, (context) =>
      withEngine(context, 'auto', async ({ engine }) => {
        context.output.remark('Trying a small tile on every device …');
        const report = await engine.devices({ probe: true });
        context.output.result(report, () => describeDevices(report));
      }),
    ),
  );
}

function describeDevices({ active, devices }: DeviceReport): string {
  const rows = devices.map((status) => [
    status.device === active ? '*' : ' ',
    status.device,
    status.title,
    status.state,
    describeProbe(status),
    status.detail,
  ]);
  return [...alignColumns(rows), '', `* runs networks now (--device auto)`].join('\n');
}

/** Time and difference of the probe tile. */
function describeProbe({ probeMilliseconds, probeDifference }: DeviceStatus): string {
  const parts: string[] = [];
  if (probeMilliseconds !== null) parts.push(`${probeMilliseconds.toFixed(0)} ms`);
  if (probeDifference !== null) parts.push(`differs by ${probeDifference.toExponential(1)} of the range`);
  return parts.join(', ');
}
