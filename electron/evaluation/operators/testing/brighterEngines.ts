import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pfm } from '../../../codecs/pfm';
import { png } from '../../../codecs/png';
import { readImage } from '../../../codecs/read';
import type { EngineApi } from '../../../contract/engine';
import type { ParameterValues } from '../../../contract/filters';
import { sourceInfo, standInEngine } from '../../../contract/standInEngine';
import { createRaster } from '../../../raster/raster';
import { exportSettings } from '../../exportSettings';
import type { EvaluationRequest } from '../../family';
import type { Engines } from '../../filterFiles';
import { descriptions } from './clone';

/** By how many levels a filter makes a photo brighter; it throws where it cannot be run. */
type Brighter = (filter: string, parameters: ParameterValues) => number;

/** Engines whose files are what their ids say, and which were as large as they had filters to run. */
export function brighterEngines(brighter: Brighter): Engines {
  const engineOf = (): EngineApi => {
    let target = '';
    let peakBytes = 0;
    return standInEngine({
      openSource: async ({ role, fileId }) => {
        if (role === 'target') target = fileId;
        return sourceInfo;
      },
      exportResult: async ({ document: { processing }, writeId, settings, device }) => {
        const [{ filter, parameters }] = processing.steps as [(typeof processing.steps)[number]];
        const levels = brighter(filter, parameters);
        peakBytes += 1e6;
        const { raster } = await readImage(target);
        const data = raster.data.map((value) => value + levels);
        await writeFile(writeId, (await pfm.encode!(createRaster({ ...raster, data }), settings)).bytes);
        const size = { width: raster.width, height: raster.height };
        const counts = { bytes: 1, clampedPixels: 0, unknownPixels: 0, milliseconds: 5, peakBytes };
        const how = { format: 'pfm', sampleType: 'f32' as const, models: [], notices: [] };
        return { path: writeId, size, device: device === 'auto' ? 'cpu' : device, ...counts, ...how };
      },
    });
  };
  const accessOf = () => ({
    engine: engineOf(),
    grantRead: async (file: string) => file,
    grantWrite: async (file: string) => file,
  });
  return { ...accessOf(), modelsFolder: '', withModels: (_, use) => use(accessOf()) };
}

/** Writes a photo of stripes in levels of 0 to 127. */
export async function writePhoto(folder: string, name: string, width: number, height: number): Promise<void> {
  const pixels = width * height;
  const data = Float32Array.from({ length: 3 * pixels }, (_, i) => ((i % pixels) >> 5) & 127);
  const photo = createRaster({
    width,
    height,
    channels: 3,
    data,
    fullScale: { min: 0, max: 255 },
    sampleType: 'u8',
  });
  await writeFile(path.join(folder, name), (await png.encode!(photo, exportSettings('png', 'u8'))).bytes);
}

/** An evaluation of the photos in a folder with every filter there is and the stand-in of the clone. */
export const requestFor = (folder: string, options: EvaluationRequest['options']): EvaluationRequest => ({
  folder,
  options,
  filters: descriptions,
  wanted: null,
  device: 'cpu',
  pictures: null,
  signal: new AbortController().signal,
  onProgress: () => undefined,
});
