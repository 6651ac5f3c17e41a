import { devices } from '../../contract/devices';
import type { NetworkTensor } from '../../filters/filter';
import { type Provider, ProviderFailure, type ProviderTable } from '../providers/provider';

type Inputs = Readonly<Record<string, NetworkTensor>>;

/** A provider whose network is a function of its inputs. */
export const providerOf = (run: (inputs: Inputs) => NetworkTensor | Promise<NetworkTensor>): Provider => ({
  unavailable: async () => null,
  open: async () => ({ run: async (inputs) => run(inputs), release: async () => undefined }),
});

const absent: Provider = {
  unavailable: async () => 'Not in this test.',
  open: async () => {
    throw new ProviderFailure('device', 'Not in this test.');
  },
};

/** Only the named devices are there. */
export const providerTable = (present: Partial<ProviderTable>): ProviderTable =>
  Object.fromEntries(
    devices.map((device) => [device, present[device] ?? absent]),
  ) as unknown as ProviderTable;

/** The target, a little brighter where the guidance is bright: right by definition. */
export function honest({ target, guidance }: Inputs): NetworkTensor {
  if (!target || !guidance) throw new Error('An input is missing.');
  return { ...target, data: target.data.map((value, i) => value + 0.1 * guidance.data[i]!) };
}

export const off = (by: number) => (inputs: Inputs) => {
  const right = honest(inputs);
  return { ...right, data: right.data.map((value, i) => (i === 7 ? value + by : value)) };
};
