import { SidelightError } from '../../contract/errors';
import type { ParameterValues } from '../../contract/filters';
import type { OwnNetwork } from '../../contract/ownNetworks';
import type { FilterResources } from '../filter';
import { choiceValue, numberValue } from '../values';

/** What a network's output is taken for. `each`: a network of one channel, run on every channel of a picture. */
export type ResultKind = 'image' | 'each' | 'map' | 'channel' | 'classes';

/**
 * The network that a step names.
 * @throws SidelightError own-model-missing
 */
export function chosenNetwork(parameters: ParameterValues, own: FilterResources['own']): OwnNetwork {
  const named = choiceValue(parameters, 'model');
  const fingerprint = choiceValue(parameters, 'fingerprint');
  if (own && named !== '' && fingerprint !== '') return own.find(fingerprint);
  throw new SidelightError(
    'own-model-missing',
    named === '' ? 'No network is chosen yet.' : `The network ${named} is not open.`,
    'Choose an ONNX file: one that takes a picture and gives a picture, a map or scores of classes.',
  );
}

/** @throws SidelightError parameter-invalid when the network does not give what is asked for */
export function resultKind(parameters: ParameterValues, { name, input, output }: OwnNetwork): ResultKind {
  const wanted = choiceValue(parameters, 'output');
  const { channels } = output;
  const refuse = (what: string) =>
    new SidelightError(
      'parameter-invalid',
      `“${name}” gives ${count(channels)}, and ${what}.`,
      'Set “Result” to what it gives, or leave it as found.',
      { parameter: 'output', channels },
    );
  switch (wanted) {
    case 'image':
      if (channels === 3) return 'image';
      if (channels === 1 && input.channels === 1) return 'each';
      throw refuse('a picture has three');
    case 'channel':
      if (numberValue(parameters, 'channel') < channels) return 'channel';
      throw refuse(`none has the number ${numberValue(parameters, 'channel')}, counted from 0`);
    case 'classes':
      if (channels > 1) return 'classes';
      throw refuse('classes need one each');
    default:
      return channels === 1 ? 'map' : channels === 3 ? 'image' : 'classes';
  }
}

export const count = (channels: number) => (channels === 1 ? 'one channel' : `${channels} channels`);

/** Radius and ε of the guided filtering layer: as asked, else as suits the kind (Wu et al., table V, for maps). */
export function layerSettings(
  parameters: ParameterValues,
  kind: ResultKind,
): { radius: number; epsilon: number } {
  if (choiceValue(parameters, 'layer') === 'custom')
    return { radius: numberValue(parameters, 'radius'), epsilon: numberValue(parameters, 'epsilon') };
  return kind === 'image' || kind === 'each' ? { radius: 1, epsilon: 1e-4 } : { radius: 4, epsilon: 1e-2 };
}

/** Sides that the network is given are multiples of this: also of what it divides them by. */
export function sizeMultiple(parameters: ParameterValues, { input, output }: OwnNetwork): number {
  const wanted = choiceValue(parameters, 'multiple');
  const multiple = wanted === 'auto' ? input.multiple : Number(wanted);
  return multiple % output.reduction === 0 ? multiple : multiple * output.reduction;
}
