import type { FilterDescription } from '../contract/filters';
import { leastFactor } from './dagfModel';

/** What the filter declares: see `Filter.description`. */
export const dagfDescription: FilterDescription = {
  id: 'dagf',
  title: 'DAGF',
  summary:
    'Sharpens a depth map or any other small target along the edges of a photo, or cleans a noisy one, with a trained network: the deep attentional guided image filter.',
  guidance: 'required',
  leastFactor,
  parameters: [
    {
      kind: 'choice',
      name: 'quality',
      title: 'Quality',
      summary: 'How finely the network computes. Coarser outputs are faster and softer.',
      options: [
        {
          value: 'fast',
          title: 'Fast',
          summary: 'A small network of its own, at full size: for previews.',
          times: 0.4,
        },
        {
          value: 'I_0',
          title: 'Draft',
          summary: 'At a quarter of the size, enlarged: edges stay soft.',
          times: 0.3,
        },
        { value: 'I_1', title: 'Balanced', summary: 'At half the size, enlarged.', times: 0.5 },
        { value: 'I_2', title: 'Full', summary: 'At full size.' },
        {
          value: 'wide',
          title: 'Best',
          summary:
            'At full size by a network twice as wide, where there is one: nearer to the truth, at three to eight times the time.',
          times: 5,
        },
        {
          value: 'ensemble',
          title: 'Finest',
          summary:
            'The best network on the pictures in all eight orientations, averaged: a little nearer to the truth still, at eight times the time of Best.',
          times: 40,
        },
      ],
      default: 'I_2',
    },
    {
      kind: 'choice',
      name: 'degradation',
      title: 'What the target lacks',
      summary: 'The network was trained for one kind of target at a time.',
      options: [
        {
          value: 'bicubic',
          title: 'Smoothly reduced',
          summary: 'Pixels are averages of what they cover, as of scaled pictures and most sensors.',
        },
        {
          value: 'nearest',
          title: 'Pixels picked',
          summary: 'Every n-th pixel was kept (the last of each block), as in the protocol of the papers.',
        },
        {
          value: 'texture',
          title: 'Textured',
          summary:
            'Of full size, with fine texture to be removed: guide it by itself, in several iterations.',
        },
      ],
      default: 'bicubic',
    },
    {
      kind: 'choice',
      name: 'noise',
      title: 'Noise of the target',
      summary: 'Whether the network is one that was trained on noisy targets.',
      usedWhen: [{ parameter: 'degradation', values: ['bicubic'] }],
      options: [
        { value: 'auto', title: 'Automatic', summary: 'By an estimate of the noise in the target.' },
        {
          value: 'none',
          title: 'Clean',
          summary: 'The target has no noise, or what looks like it is texture.',
        },
        { value: 'noisy', title: 'Noisy', summary: 'As measured by a sensor: the noise is removed.' },
      ],
      default: 'auto',
    },
  ],
  paper:
    'Z. Zhong, X. Liu, J. Jiang, D. Zhao, X. Ji, Deep Attentional Guided Image Filtering, IEEE TNNLS 2023',
  secondsPerMegapixel: 2,
};
