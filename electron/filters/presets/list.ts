import type { Preset } from '../../contract/presets';
import { classes } from './classes';
import { depth } from './depth';
import { flash } from './flash';
import { nir } from './nir';
import { operator } from './operator';
import { refineClasses } from './refineClasses';
import { refineDepth } from './refineDepth';
import { refineSaliency } from './refineSaliency';
import { saliency } from './saliency';
import { texture } from './texture';
import { tof } from './tof';

/** The one list of presets, in the order they are offered. */
export const presets: readonly Preset[] = [
  depth,
  tof,
  saliency,
  classes,
  refineDepth,
  refineSaliency,
  refineClasses,
  flash,
  nir,
  texture,
  operator,
];
