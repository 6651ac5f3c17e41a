import type { FormatDescription } from '../contract/engine';
import type { FilterDescription } from '../contract/filters';
import type { Range } from '../contract/geometry';
import type { ExportSettings, Recipe, Step, TargetValues } from '../contract/recipe';
import type { SampleType, SourceInfo, UnknownMarker } from '../contract/sources';
import { defaultParameters } from './parameters';

/** The quality lossy formats are written with unless the user says otherwise. */
const defaultQuality = 92;

/** A document with no files and no steps. */
export function newRecipe(): Recipe {
  return {
    version: 2,
    inputs: { target: null, guidance: null, reference: null },
    fit: 'refuse',
    unknown: 'keep',
    targetValues: 'continuous',
    steps: [],
    export: { format: 'png', sampleType: 'u16', range: null, overwrite: 'refuse', quality: defaultQuality },
  };
}

/** One application of a filter at its declared defaults. `id` is unique within the recipe. */
export function defaultStep(filter: FilterDescription, id: string): Step {
  return {
    id,
    filter: filter.id,
    enabled: true,
    parameters: defaultParameters(filter),
    iterations: 1,
    guidance: 'document',
    opacity: 1,
  };
}

/**
 * How the zeros of a target are read: a class map's are a label like any other unless the user says otherwise.
 */
export const readMarker = (marker: UnknownMarker, targetValues: TargetValues): UnknownMarker =>
  targetValues === 'classes' && marker === 'auto' ? 'none' : marker;

/** Formats of numbers, not of pictures: who writes them expects the values themselves, never a rescaled integer. */
const numberFormats: readonly string[] = ['npy', 'pfm'];

type Stored = Pick<SourceInfo, 'sampleType' | 'channels'>;

/**
 * How a result is stored unless the user says otherwise, so that no precision is lost that the format can hold:
 * floats stay floats; one-channel maps get 16 bits even when the target had 8, because filtering makes values in
 * between; colour pictures and class maps keep the depth they came with.
 */
export function defaultSampleType(
  target: Stored,
  format: Pick<FormatDescription, 'id' | 'writes'>,
  targetValues: TargetValues = 'continuous',
): SampleType {
  const wanted = wantedSampleTypes(target, format.id, targetValues);
  return wanted.find((sampleType) => format.writes.includes(sampleType)) ?? 'u8';
}

function wantedSampleTypes(
  target: Stored,
  format: string,
  targetValues: TargetValues,
): readonly SampleType[] {
  if (target.sampleType === 'f32' || numberFormats.includes(format)) return ['f32', 'u16', 'u8'];
  if (target.sampleType === 'u16') return ['u16', 'f32', 'u8'];
  const between = target.channels === 1 && targetValues === 'continuous';
  return between ? ['u16', 'f32', 'u8'] : ['u8', 'u16', 'f32'];
}

/** Export settings for a result of this target in this format. Overwriting is refused until the user allows it. */
export function defaultExportSettings(
  target: Stored,
  format: Pick<FormatDescription, 'id' | 'writes'>,
  targetValues: TargetValues = 'continuous',
): ExportSettings {
  const sampleType = defaultSampleType(target, format, targetValues);
  return {
    format: format.id,
    sampleType,
    range: storedRange(sampleType, targetValues),
    overwrite: 'refuse',
    quality: defaultQuality,
  };
}

/** The range that integer files are written with: the target's own full scale, but labels as the numbers that they are. */
export function storedRange(sampleType: SampleType, targetValues: TargetValues): Range | null {
  if (targetValues === 'continuous' || sampleType === 'f32') return null;
  return { min: 0, max: sampleType === 'u8' ? 255 : 65_535 };
}
