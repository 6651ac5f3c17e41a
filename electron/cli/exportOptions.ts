import path from 'node:path';
import type { FormatDescription } from '../contract/engine';
import type { Range } from '../contract/geometry';
import type { ExportSettings, TargetValues } from '../contract/recipe';
import type { SampleType, SourceInfo } from '../contract/sources';
import { defaultExportSettings, storedRange } from '../recipe/defaults';
import { usageError } from './options';

/** What `--depth` calls the ways to store a sample. */
export const sampleTypeOfDepth: Readonly<Record<string, SampleType>> = { 8: 'u8', 16: 'u16', 32: 'f32' };
const depthOfSampleType: Readonly<Record<SampleType, string>> = { u8: '8', u16: '16', f32: '32 (float)' };

/** What the user said about the file to write; anything left out follows from the target. */
export interface ExportWishes {
  readonly depth?: string | undefined;
  readonly range?: Range | undefined;
  readonly quality?: number | undefined;
  readonly overwrite?: boolean | undefined;
}

/**
 * The format of the file to write: the one that is asked for, else by the extension.
 * @throws SidelightError usage
 */
export function chooseFormat(
  outputPath: string,
  wanted: string | undefined,
  formats: readonly FormatDescription[],
): FormatDescription {
  const writable = formats.filter((format) => format.writes.length > 0);
  const name = (wanted ?? path.extname(outputPath).slice(1)).toLowerCase();
  const found = writable.find((format) => format.id === name || format.extensions.includes(name));
  if (found) return found;
  throw usageError(
    name === ''
      ? `“${outputPath}” has no extension to tell its format by.`
      : `Sidelight does not write “${name}”.`,
    `Use one of the extensions ${writable.map((format) => `.${format.extensions[0]}`).join(', ')}, or add --format.`,
  );
}

/**
 * Settings for one output file.
 * @throws SidelightError usage when the format cannot hold what is asked for
 */
export function chooseExportSettings(
  target: SourceInfo,
  format: FormatDescription,
  wishes: ExportWishes,
  targetValues: TargetValues = 'continuous',
): ExportSettings {
  const defaults = defaultExportSettings(target, format, targetValues);
  const sampleType = wishes.depth === undefined ? defaults.sampleType : sampleTypeOfDepth[wishes.depth];
  if (sampleType === undefined || !format.writes.includes(sampleType)) {
    const possible = format.writes.map((type) => depthOfSampleType[type]).join(', ');
    throw usageError(
      `${format.title} cannot hold ${wishes.depth} bits a sample.`,
      `It can hold ${possible}.`,
    );
  }
  if (wishes.range && sampleType === 'f32') {
    throw usageError(
      'A range maps values onto whole numbers, and a 32-bit file keeps the values themselves.',
      'Leave --range out, or add --depth 16.',
    );
  }
  return {
    ...defaults,
    sampleType,
    range: wishes.range ?? storedRange(sampleType, targetValues),
    quality: wishes.quality ?? defaults.quality,
    overwrite: wishes.overwrite ? 'replace' : 'refuse',
  };
}

/**
 * A recipe's own export settings, for a file of this format: as written where it is the format the recipe names,
 * otherwise as near to it as the format allows.
 */
export function adaptExportSettings(
  settings: ExportSettings,
  target: SourceInfo,
  format: FormatDescription,
  overwrite: boolean,
): ExportSettings {
  const sampleType = format.writes.includes(settings.sampleType)
    ? settings.sampleType
    : defaultExportSettings(target, format).sampleType;
  return {
    ...settings,
    format: format.id,
    sampleType,
    range: sampleType === 'f32' ? null : settings.range,
    overwrite: overwrite ? 'replace' : settings.overwrite,
  };
}
