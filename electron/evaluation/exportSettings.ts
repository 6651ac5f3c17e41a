import type { ExportSettings } from '../contract/recipe';
import type { SampleType } from '../contract/sources';

/** How an evaluation writes files: values as they are, in the place of older files of the name. */
export const exportSettings = (format: string, sampleType: SampleType): ExportSettings => ({
  format,
  sampleType,
  range: null,
  overwrite: 'replace',
  quality: 100,
});
