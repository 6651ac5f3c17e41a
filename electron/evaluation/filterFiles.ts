import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Codec } from '../codecs/codec';
import { pfm } from '../codecs/pfm';
import { png } from '../codecs/png';
import { readImage } from '../codecs/read';
import type { DeviceChoice } from '../contract/devices';
import type { EngineApi, ExportReport } from '../contract/engine';
import type { FilterDescription } from '../contract/filters';
import type { SampleType } from '../contract/sources';
import type { Raster } from '../raster/raster';
import { defaultStep } from '../recipe/defaults';
import type { RunSettings } from './comparison';
import { exportSettings } from './exportSettings';

/** An engine, and the right to let it read and write files. */
export interface EngineAccess {
  readonly engine: EngineApi;
  grantRead(path: string): Promise<string>;
  grantWrite(path: string): Promise<string>;
}

/** The installed engine, and engines with other models. */
export interface Engines extends EngineAccess {
  /** The installed models. */
  readonly modelsFolder: string;
  /** Lets `use` work with an engine whose models are those of a folder. */
  withModels<T>(folder: string, use: (access: EngineAccess) => Promise<T>): Promise<T>;
}

export interface Filtered {
  readonly result: Raster;
  readonly report: ExportReport;
}

/** Runs filters on rasters the way users do: through files, the engine and an export of float values. */
export class FilterFiles {
  constructor(
    private readonly access: EngineAccess,
    private readonly folder: string,
    private readonly device: DeviceChoice,
  ) {}

  private readonly opened = new Map<'guidance' | 'target', Raster>();

  async openGuidance(guidance: Raster): Promise<void> {
    if (this.opened.get('guidance') === guidance) return;
    const file = await this.write(
      'guidance.png',
      png,
      guidance.sampleType === 'u16' ? 'u16' : 'u8',
      guidance,
    );
    await this.open('guidance', file);
    this.opened.set('guidance', guidance);
  }

  /** @param asPhoto kept in 8 bits, not as plain values */
  async openTarget(target: Raster, asPhoto = false): Promise<void> {
    if (this.opened.get('target') === target) return;
    const file = asPhoto
      ? await this.write('target.png', png, 'u8', target)
      : await this.write('target.pfm', pfm, 'f32', target);
    await this.open('target', file);
    this.opened.set('target', target);
  }

  /** The filtered target, on the guidance's grid. */
  async apply(filter: FilterDescription, settings: RunSettings, signal: AbortSignal): Promise<Filtered> {
    const { engine } = this.access;
    const output = path.join(this.folder, 'result.pfm');
    const writeId = await this.access.grantWrite(output);
    const jobId = randomUUID();
    const cancel = () => void engine.cancel({ jobId }).catch(() => undefined);
    signal.addEventListener('abort', cancel);
    const exporting = engine.exportResult({
      jobId,
      document: {
        target: 'target',
        guidance: this.opened.has('guidance') ? 'guidance' : null,
        processing: {
          fit: 'refuse',
          unknown: 'complete',
          targetValues: 'continuous',
          steps: [{ ...defaultStep(filter, filter.id), ...settings }],
        },
      },
      writeId,
      settings: exportSettings('pfm', 'f32'),
      device: this.device,
    });
    const report = await exporting.finally(() => signal.removeEventListener('abort', cancel));
    return { result: (await readImage(output)).raster, report };
  }

  private async open(role: 'guidance' | 'target', file: string): Promise<void> {
    const fileId = await this.access.grantRead(file);
    // Filled beforehand: a zero here is a value.
    await this.access.engine.openSource({
      sourceId: role,
      fileId,
      role,
      unknownMarker: 'none',
      unit: 'none',
    });
  }

  private async write(name: string, codec: Codec, sampleType: SampleType, raster: Raster): Promise<string> {
    const file = path.join(this.folder, name);
    if (!codec.encode) throw new TypeError(`${codec.id} is only read.`);
    await writeFile(file, (await codec.encode(raster, exportSettings(codec.id, sampleType))).bytes);
    return file;
  }
}
