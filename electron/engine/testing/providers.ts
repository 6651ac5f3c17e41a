import { devices } from '../../contract/devices';
import type { NetworkTensor } from '../../filters/filter';
import {
  type InputSides,
  type NetworkSession,
  type Provider,
  ProviderFailure,
  type ProviderTable,
} from '../providers/provider';

type Inputs = Readonly<Record<string, NetworkTensor>>;

const picture = ['height', 'width'] as const;

/** As the graphs of all installed models declare them. */
export const sides: InputSides = {
  target: picture,
  guidance: picture,
  noisy: picture,
  picture,
  texture: picture,
  draft: picture,
  condition: [1, 1],
  coefficients: ['rows', 'columns'],
  rows: ['height', 'rows'],
  columns: ['columns', 'width'],
};

/** A session whose network is a function of its inputs. */
export const sessionOf = (
  run: (inputs: Inputs) => NetworkTensor | Promise<NetworkTensor>,
  release = () => {},
): NetworkSession => ({ sides, run: async (inputs) => run(inputs), release: async () => release() });

/** A provider whose network is a function of its inputs. */
export const providerOf = (run: (inputs: Inputs) => NetworkTensor | Promise<NetworkTensor>): Provider => ({
  unavailable: async () => null,
  open: async () => sessionOf(run),
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

/**
 * The target, a little brighter where the guidance is bright: right by definition. Of a picture alone the coefficients that
 * leave it as it is, and with them the picture.
 */
export function honest({ target, guidance, picture, coefficients }: Inputs): NetworkTensor {
  if (picture && coefficients) return picture;
  if (picture) {
    const data = new Float32Array(2 * picture.data.length).fill(1, 0, picture.data.length);
    return { ...picture, channels: 6, data };
  }
  if (!target || !guidance) throw new Error('An input is missing.');
  return { ...target, data: target.data.map((value, i) => value + 0.1 * guidance.data[i]!) };
}

export const off = (by: number) => (inputs: Inputs) => {
  const right = honest(inputs);
  return { ...right, data: right.data.map((value, i) => (i === 7 ? value + by : value)) };
};
