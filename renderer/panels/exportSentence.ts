import type { FormatDescription } from '../../electron/contract/engine';
import type { Size } from '../../electron/contract/geometry';
import type { ExportSettings } from '../../electron/contract/recipe';
import type { SampleType, SourceInfo } from '../../electron/contract/sources';
import { formatNumber } from '../ui/numberText';
import { unitText } from './Legend';

const kinds: Readonly<Record<SampleType, string>> = { u8: '8-bit', u16: '16-bit', f32: 'float' };
const fullScales: Readonly<Record<Exclude<SampleType, 'f32'>, number>> = { u8: 255, u16: 65_535 };

/** What will be written, in one sentence. */
export function exportSentence(
  { sampleType, range }: ExportSettings,
  format: FormatDescription,
  target: Pick<SourceInfo, 'unit' | 'fullScale'>,
  size: Size,
): string {
  const what = `A ${size.width} × ${size.height} ${kinds[sampleType]} ${format.title}`;
  const unit = unitText(target.unit);
  const inUnit = unit ? ` in ${unit}` : '';
  if (sampleType === 'f32') return `${what} with the values themselves${inUnit}.`;
  const { min, max } = range ?? target.fullScale;
  const from = `${formatNumber(min)}…${formatNumber(max)}${unit ? ` ${unit}` : ''}`;
  const scale = fullScales[sampleType];
  if (min === 0 && max === scale) return `${what} with the values as they are${inUnit}.`;
  return `${what}; ${from} is stored as 0…${scale}.`;
}
