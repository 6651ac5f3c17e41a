import type { Display } from '../../electron/contract/display';
import type { Range } from '../../electron/contract/geometry';
import type { TargetValues } from '../../electron/contract/recipe';
import type { SourceInfo } from '../../electron/contract/sources';
import type { InputRole } from './work';

const measurement = /depth|disp|tof|range|height|dist/i;
const mask = /mask|matte|saliency|alpha/i;

/** Whether a one-channel target holds measurements, shown in colours, or brightness, shown as grey. */
function isMeasurement(info: SourceInfo, name: string): boolean {
  if (info.channels !== 1 || mask.test(name)) return false;
  return info.unit !== 'none' || info.sampleType !== 'u8' || info.unknownPixels > 0 || measurement.test(name);
}

const widened = ({ min, max }: Range): Range =>
  max > min ? { min, max } : { min: min - 0.5, max: min + 0.5 };

/**
 * How a source of this file name is shown until the user says otherwise: class maps in the colours of their labels,
 * measurements in a perceptual colormap over their true range, pictures over their full scale.
 */
export function defaultDisplay(
  info: SourceInfo,
  name: string,
  role: InputRole,
  targetValues: TargetValues,
): Display {
  if (role === 'target' && targetValues === 'classes' && info.channels === 1)
    return { colormap: 'labels', range: widened(info.valueRange), markSaturated: false };
  const measured = role === 'target' && isMeasurement(info, name);
  const range = measured || info.sampleType === 'f32' ? info.valueRange : info.fullScale;
  return { colormap: measured ? 'viridis' : 'grey', range: widened(range), markSaturated: false };
}
