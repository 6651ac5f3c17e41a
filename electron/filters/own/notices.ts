import type { ParameterValues } from '../../contract/filters';
import type { OwnNetwork } from '../../contract/ownNetworks';
import { choiceValue } from '../values';
import { count, type ResultKind, resultKind, sizeMultiple } from './choice';
import { expectedRange } from './networkPicture';
import { usualEnds } from './prepare';

/** What was found out about a network, and what is assumed because nobody can find it out. */
export function ownNetworkNotices(parameters: ParameterValues, network: OwnNetwork): string[] {
  const { name, input, output } = network;
  const size = input.size
    ? `of ${input.size.width} × ${input.size.height} pixels`
    : multipleText(sizeMultiple(parameters, network));
  const reduced = output.reduction > 1 ? `, ${output.reduction} times smaller` : '';
  const kind = resultKind(parameters, network);
  return [
    `“${name}” takes ${count(input.channels)} ${size} (${input.layout}, ${input.type}) and gives ${count(output.channels)}${reduced}: ${kindTexts[kind]}.`,
    `It is given ${expectedText(parameters, network)}${resultText(kind, parameters, network)}. A file does not say this: change it if the result looks wrong.`,
  ];
}

const kindTexts: Readonly<Record<ResultKind, string>> = {
  image: 'a picture',
  each: 'a picture, one colour at a time',
  map: 'a map',
  channel: 'one of them is the result',
  classes: 'scores of classes, of which the strongest wins',
};

const multipleText = (multiple: number) =>
  multiple === 1 ? 'of any size' : `with sides that are multiples of ${multiple}`;

function expectedText(parameters: ParameterValues, network: OwnNetwork): string {
  const { min, max } = expectedRange(parameters, network);
  const normalisation = choiceValue(parameters, 'normalisation');
  const normalised =
    normalisation === 'none'
      ? ''
      : ` less ${normalisation === 'imagenet' ? 'ImageNet’s' : 'your'} mean, by the deviation`;
  const order =
    network.input.channels === 3
      ? `, ${choiceValue(parameters, 'order') === 'bgr' ? 'blue' : 'red'} first`
      : '';
  return `values of ${min}…${max}${normalised}${order}`.replace('-', '−');
}

function resultText(kind: ResultKind, parameters: ParameterValues, network: OwnNetwork): string {
  if (kind === 'classes' || choiceValue(parameters, 'values') !== 'auto') return '';
  const ends = usualEnds(kind, parameters, network);
  const taken = ends
    ? `values of ${ends.min}…${ends.max}`.replace('-', '−')
    : 'its least value as black, its greatest as white';
  return `, and its result is read as ${taken}`;
}

/** For people who look at a model before they use it. */
export function networkFacts(network: OwnNetwork): [string, string][] {
  const { input, output, otherOutputs } = network;
  const size = input.size ? `${input.size.width} × ${input.size.height} only` : multipleText(input.multiple);
  const kind = output.channels === 1 ? 'a map' : output.channels === 3 ? 'a picture' : 'scores of classes';
  const { min, max } = output.range;
  return [
    [
      'Input',
      `${input.name}: ${count(input.channels)}, ${input.layout}, ${input.type}, ${size.replace(/^of /, '')}`,
    ],
    ['Output', `${output.name}: ${count(output.channels)}, ${output.layout}, ${output.type}: ${kind}`],
    ['Output size', output.reduction === 1 ? 'the input’s' : `1/${output.reduction} of the input’s`],
    ['Values in the trial', `${rounded(min)}…${rounded(max)}`.replaceAll('-', '−')],
    ...(otherOutputs.length > 0 ? [['Not used', otherOutputs.join(', ')] as [string, string]] : []),
    ['SHA-256', network.fingerprint],
  ];
}

const rounded = (value: number) => Number(value.toPrecision(3));
