import type { FilterDescription, ParameterDescription } from '../../contract/filters';
import { automatic, automaticSides, draftSides, mostReduction } from './copies';
import { operatorParameters } from './operatorParameters';
import { clonedOperators, clonedSides } from './operators';

const finenesses: Readonly<Record<(typeof clonedSides)[number], string>> = {
  64: 'As in the paper.',
  128: 'Twice as fine.',
  256: 'Four times as fine.',
};

const draftSummaries: Readonly<Record<(typeof draftSides)[number], string>> = {
  256: 'As the networks were trained.',
  512: 'For large pictures.',
};

/** Used by the best variant alone; the others have one small copy or none. */
const sideParameter: ParameterDescription = {
  kind: 'choice',
  name: 'side',
  title: 'Small copy',
  summary: 'Short side of the copy that the network sees. More keeps finer differences.',
  options: [
    {
      value: automatic,
      title: 'Automatic',
      summary: `${mostReduction} of the picture’s pixels to one, where there is a copy that fine: ${automaticSides.map((side) => `${side} px`).join(' or ')}.`,
    },
    ...clonedSides.map((side) => ({
      value: String(side),
      title: `${side} px`,
      summary: finenesses[side],
    })),
  ],
  default: automatic,
  usedWhen: [{ parameter: 'variant', values: ['c'] }],
};

/** Used by operators whose networks have one that may be finer than in training. */
const draftParameter: ParameterDescription = {
  kind: 'choice',
  name: 'draft',
  title: 'Draft',
  summary:
    'Short side of the copy on which the operator itself is computed first. More is nearer to it, and slower.',
  options: [
    {
      value: automatic,
      title: 'Automatic',
      summary: `${draftSides.join(' px, or ')} px where that is no more than half of the picture’s.`,
    },
    ...draftSides.map((side) => ({
      value: String(side),
      title: `${side} px`,
      summary: draftSummaries[side],
    })),
  ],
  default: automatic,
  usedWhen: [
    {
      parameter: 'operator',
      values: clonedOperators
        .filter(({ largeDrafts }) => largeDrafts)
        .map(({ operator }) => operator.description.id),
    },
    { parameter: 'variant', values: ['c', 'cb', 'b', 's'] },
  ],
};

/** What the filter declares: see `Filter.description`. */
export const dgfDescription: FilterDescription = {
  id: 'dgf',
  title: 'Deep guided filter',
  summary:
    'Does what a slow operator for photographs does, in real time at any size: a network computes it on a small copy, and a guided filtering layer brings it back to full size.',
  guidance: 'unused',
  leastFactor: 1,
  opacityTitle: 'Strength',
  parameters: [
    {
      kind: 'choice',
      name: 'operator',
      title: 'Operator',
      summary: 'What is imitated. The exact filter of the same name is there, too.',
      options: clonedOperators.map(({ operator: { description }, summary }) => ({
        value: description.id,
        title: description.title,
        summary,
      })),
      default: clonedOperators[0].operator.description.id,
    },
    ...operatorParameters,
    {
      kind: 'choice',
      name: 'variant',
      title: 'Layer',
      summary: 'How the small result is brought back to full size.',
      options: [
        {
          value: 'c',
          title: 'Learned guidance (c)',
          summary: 'Learned filtering along a learned guidance: closest to the operator.',
        },
        {
          value: 'cb',
          title: 'Learned layer (cb)',
          summary: 'Learned convolutions in place of the guided filter’s means and linear model.',
        },
        {
          value: 'b',
          title: 'Guided layer (b)',
          summary: 'The guided filter, trained together with the network.',
        },
        {
          value: 's',
          title: 'Guided filter (s)',
          summary: 'The guided filter, put after a network that was trained without it.',
        },
        {
          value: 'can',
          title: 'Full size (can)',
          summary: 'No small copy: the network sees the picture itself. Slow; what the paper compares with.',
        },
      ],
      default: 'c',
    },
    sideParameter,
    draftParameter,
  ],
  paper:
    'H. Wu, S. Zheng, J. Zhang, K. Huang, Deep Guided Filtering Network for Pixel-wise Image Prediction (an extension of Fast End-to-End Trainable Guided Filter, CVPR 2018)',
  secondsPerMegapixel: 0.1,
};
