import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeImage } from '../../codecs/write';
import type { ExportSettings } from '../../contract/recipe';
import { createRaster, type RasterInit } from '../../raster/raster';

export interface Folder {
  readonly path: string;
  /** Writes a picture and returns its path; floats as NPY, else PNG. */
  write(name: string, picture: RasterInit): Promise<string>;
  remove(): void;
}

export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'sidelight-engine-'));
  return {
    path,
    async write(name, picture) {
      const raster = createRaster(picture);
      const format = name.slice(name.lastIndexOf('.') + 1);
      await writeImage(join(path, name), raster, { ...asPng, format, sampleType: raster.sampleType }, []);
      return join(path, name);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

export const asPng: ExportSettings = {
  format: 'png',
  sampleType: 'u16',
  range: null,
  overwrite: 'refuse',
  quality: 90,
};

export const asFloats: ExportSettings = { ...asPng, format: 'npy', sampleType: 'f32' };
