import type { FilterDescription } from '../../contract/filters';
import { ownLook } from './choice';
import { looks } from './looks';

const withOwnLook = [{ parameter: 'look', values: [ownLook] }];

export const styleTransferDescription: FilterDescription = {
  id: 'style-transfer',
  title: 'Photographic style',
  summary:
    'Gives a picture the tones and the strength of detail of a chosen photograph, in grey or in its own colours. Works on the whole picture.',
  guidance: 'unused',
  leastFactor: 1,
  opacityTitle: 'Strength',
  parameters: [
    {
      kind: 'choice',
      name: 'look',
      title: 'Look',
      summary: 'The photograph whose tones and detail are taken on.',
      options: [
        ...looks.map(({ id, title, summary, photographer }) => ({
          value: id,
          title,
          summary: `${summary} After a photograph by ${photographer}.`,
        })),
        { value: ownLook, title: 'Own', summary: 'That of a photograph of yours.' },
      ],
      default: looks[0]!.id,
    },
    {
      kind: 'file',
      name: 'reference',
      title: 'Photograph',
      summary:
        'Its tones and the strength of its detail are taken on. It may have any size and show anything.',
      content: 'photograph',
      default: '',
      usedWhen: withOwnLook,
    },
    {
      kind: 'fingerprint',
      name: 'fingerprint',
      title: 'SHA-256',
      summary: 'Of the photograph, so that a changed file is noticed.',
      of: 'reference',
      default: '',
      usedWhen: withOwnLook,
    },
    {
      kind: 'choice',
      name: 'output',
      title: 'Output',
      summary: 'What becomes of the colours of a picture in colour.',
      options: [
        { value: 'grey', title: 'Grey', summary: 'They go: three equal channels, as in the papers.' },
        { value: 'colour', title: 'Colour', summary: 'They stay, as strong as the new light allows.' },
      ],
      default: 'grey',
    },
    {
      kind: 'number',
      name: 'rounds',
      title: 'Rounds',
      summary: 'How often detail and tones are brought nearer to the photograph’s.',
      unit: '',
      min: 1,
      max: 8,
      step: 1,
      default: 4,
      integer: true,
      scale: 'linear',
    },
    {
      kind: 'number',
      name: 'detail',
      title: 'Detail',
      summary:
        'How many times weaker the picture’s detail counts than it is, beside the photograph’s: more makes local contrast stronger.',
      unit: '',
      min: 0.25,
      max: 10,
      step: 0.01,
      default: 1,
      integer: false,
      scale: 'log',
    },
  ],
  paper:
    'M. Aubry, S. Paris, S. Hasinoff, J. Kautz, F. Durand, Fast Local Laplacian Filters: Theory and Applications, ACM Transactions on Graphics 2014',
  secondsPerMegapixel: 2.5,
};
