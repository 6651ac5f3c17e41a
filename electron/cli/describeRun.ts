import type { Range } from '../contract/geometry';
import type { SampleType, Unit } from '../contract/sources';
import { describeDuration } from './progressLine';
import type { RunOutcome } from './recipeRun';

const sampleTypeTitles: Readonly<Record<SampleType, string>> = {
  u8: '8-bit',
  u16: '16-bit',
  f32: '32-bit float',
};

/** What a run left on disk, in a few lines. */
export function describeRun({ target, document, settings, export: report, iterations }: RunOutcome): string {
  const { width, height } = report.size;
  const lines = [
    `Wrote ${report.path}`,
    `  ${width} × ${height}, ${sampleTypeTitles[report.sampleType]} ${report.format.toUpperCase()}, ${describeBytes(report.bytes)}${describeFactor(document.factor)}`,
    `  ${describeDuration(report.milliseconds)} on ${report.device}`,
  ];
  const scale = describeScale(settings.range ?? target.fullScale, report.sampleType, document.unit);
  if (scale !== null) lines.push(`  ${scale}`);
  if (report.unknownPixels > 0) lines.push(`  ${report.unknownPixels} pixels stay unknown`);
  if (report.clampedPixels > 0)
    lines.push(`  ${report.clampedPixels} pixels did not fit the range and were clamped`);
  for (const notice of report.notices) lines.push(`  ${notice}`);
  for (const iteration of iterations) lines.push(`Wrote ${iteration.path}`);
  return lines.join('\n');
}

/** Null when the file holds the values themselves. */
function describeScale(range: Range, sampleType: SampleType, unit: Unit): string | null {
  if (sampleType === 'f32') return null;
  const top = sampleType === 'u16' ? 65535 : 255;
  if (range.min === 0 && range.max === top) return null;
  const values = `${round(range.min)}…${round(range.max)}${unit === 'none' ? '' : ` ${unit}`}`;
  return `values ${values} are stored as 0…${top} (--range sets other ends)`;
}

function describeFactor({ x, y }: { x: number; y: number }): string {
  if (x === 1 && y === 1) return '';
  return Math.abs(x - y) < 0.005 ? `, ×${round(x)}` : `, ×${round(x)} by ×${round(y)}`;
}

const round = (value: number) => Number(value.toFixed(2)).toString();

function describeBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
