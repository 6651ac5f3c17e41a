import type { Preset } from '../../contract/presets';
import { dagfStep } from './dagfStep';

/** Structure-texture separation in four iterations (DAGF, Sect. IV-C, after DKN), each guided by the one before: ADR 6. */
export const texture: Preset = {
  id: 'texture',
  title: 'Texture removal',
  summary:
    'Smooths fine texture away and keeps the main edges: the picture guides itself, several times over.',
  target: 'picture',
  targetTitle: 'Photo',
  guidanceTitle: null,
  processing: {
    fit: 'refuse',
    unknown: 'complete',
    targetValues: 'continuous',
    steps: [dagfStep({ degradation: 'texture' }, { iterations: 4, guidance: 'input' })],
  },
};
