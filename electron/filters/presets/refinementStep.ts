import type { Step } from '../../contract/recipe';
import { guidedFilter } from '../guidedFilter';
import { presetStep } from './presetStep';

/**
 * The guided filter as the deep guided filter's paper refines networks' maps with it (H. Wu, S. Zheng, J. Zhang, K. Huang,
 * Fast End-to-End Trainable Guided Filter, CVPR 2018 and its journal version, Sect. VI, Table V), without the guidance it
 * learns: its DGFₛ. The map is enlarged to the photo first and the layer works on the photo's own grid, as in the released
 * code: `radius` is in pixels of photos about 500 pixels wide, whose maps the networks make an eighth as large. In pixels
 * of the map the same radius would average whole objects away.
 * @param layers how often, each on the result of the one before and guided by the photo again
 */
export const refinementStep = (radius: number, layers = 1): Step =>
  presetStep(guidedFilter, { radius, epsilon: 1e-2 }, { iterations: layers });
