import { describe, expect, it } from 'vitest';
import { ownNetwork } from '../../contract/standInEngine';
import { completeParameters } from '../../recipe/parameters';
import { ownNetworkDescription } from './description';
import { networkFacts, ownNetworkNotices } from './notices';

type Network = typeof ownNetwork;
const withOutput = (change: Partial<Network['output']>): Network => ({
  ...ownNetwork,
  output: { ...ownNetwork.output, ...change },
});
const noticesOf = (network: Network, values = {}) =>
  ownNetworkNotices(completeParameters(ownNetworkDescription, values), network);

describe('what the user is told of a network', () => {
  it('is what was found out, and what is assumed', () => {
    expect(noticesOf(ownNetwork)).toEqual([
      '“net.onnx” takes 3 channels of any size (NCHW, float32) and gives one channel: a map.',
      'It is given values of 0…1, red first, and its result is read as values of 0…1. A file does not say this: change it if the result looks wrong.',
    ]);
  });

  it.each([
    [withOutput({ channels: 3, reduction: 2 }), {}, /3 channels, 2 times smaller: a picture/],
    [withOutput({ channels: 21 }), {}, /21 channels: scores of classes, of which the strongest wins/],
    [withOutput({ channels: 21 }), { output: 'channel' }, /21 channels: one of them is the result/],
    [withOutput({ range: { min: -3, max: 40 } }), {}, /its least value as black, its greatest as white/],
    [
      withOutput({ channels: 3 }),
      { range: 'signed' },
      /values of −1…1, red first, and its result is read as values of −1…1/,
    ],
    [
      ownNetwork,
      { normalisation: 'imagenet', order: 'bgr' },
      /less ImageNet’s mean, by the deviation, blue first/,
    ],
    [ownNetwork, { multiple: '32' }, /with sides that are multiples of 32/],
  ])('%#', (network, values, expected) => {
    expect(noticesOf(network, values).join(' ')).toMatch(expected);
  });

  it('in facts, for those who look at it first', () => {
    const facts = Object.fromEntries(networkFacts({ ...ownNetwork, otherOutputs: ['side'] }));
    expect(facts).toEqual({
      Input: 'image: 3 channels, NCHW, float32, any size',
      Output: 'map: one channel, NCHW, float32: a map',
      'Output size': 'the input’s',
      'Values in the trial': '0…1',
      'Not used': 'side',
      'SHA-256': '0'.repeat(64),
    });
  });
});
