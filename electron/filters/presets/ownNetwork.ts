import type { Preset } from '../../contract/presets';
import { defaultStep } from '../../recipe/defaults';
import { ownNetworkDescription } from '../own/description';

/** A network of the user's with the guided filtering layer around it (DGF, section III). */
export const ownNetwork: Preset = {
  id: 'own-network',
  title: 'Your own network',
  summary: 'Runs an ONNX model of yours on a photo and brings what it gives to the photo’s full size.',
  target: 'picture',
  targetTitle: 'Photo',
  guidanceTitle: null,
  processing: {
    fit: 'refuse',
    unknown: 'keep',
    targetValues: 'continuous',
    steps: [defaultStep(ownNetworkDescription, 'own-network')],
  },
};
