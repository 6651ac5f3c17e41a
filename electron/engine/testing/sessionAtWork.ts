import type { BoundDocument, EngineArgs } from '../../contract/engine';
import type { Step } from '../../contract/recipe';
import type { Role, SourceInfo, UnknownMarker } from '../../contract/sources';
import type { RasterInit } from '../../raster/raster';
import { Engine } from '../engine';
import type { Provider } from '../providers/provider';
import { Session } from '../session';
import { asFloats, temporaryFolder } from './files';
import { modelsFolder } from './modelsFolder';
import { ownModelsHere } from './ownModels';
import { honest, providerOf, providerTable } from './providers';
import { processingOf, stepOf } from './sources';

/** An engine in this process with the tiniest tiles, one client's session, and a folder of files for it. */
export class SessionAtWork {
  readonly folder = temporaryFolder();
  readonly models = modelsFolder();
  /** Events the session told its client. */
  readonly told: [string, unknown][] = [];
  /** Devices the engine asked to be tried. */
  readonly probed: string[] = [];
  readonly engine: Engine;
  readonly session: Session;
  private files = 0;

  /** @param gpu passes the probe for WebGPU; left out, no device but the processor works */
  constructor(gpu?: Provider) {
    this.engine = new Engine(
      {
        modelsFolder: this.models.path,
        device: 'auto',
        tileBytes: 1,
        cacheBytes: 1e8,
        sessions: 2,
        logLevel: 'silent',
      },
      providerTable({ cpu: providerOf(honest), webgpu: gpu ?? providerOf(honest) }),
      async (device) => {
        this.probed.push(device);
        if (!gpu) return { state: 'failed', detail: 'Not here.' };
        return { state: 'ready', milliseconds: 1, processorMilliseconds: 1, difference: 0, float16: false };
      },
      ownModelsHere((fileId) => this.engine.files.readPath(fileId)),
    );
    this.session = new Session(this.engine, (name, data) => void this.told.push([name, data]));
  }

  end(): void {
    this.session.end();
    this.folder.remove();
    this.models.remove();
  }

  /** Opens a picture, or a file by its path, under its role's name. */
  async open(
    role: Role,
    picture: RasterInit | string,
    unknownMarker: UnknownMarker = 'none',
  ): Promise<SourceInfo> {
    this.files += 1;
    const path =
      typeof picture === 'string'
        ? picture
        : await this.folder.write(`${role}-${this.files}.${formatOf(picture)}`, picture);
    this.engine.files.permitReading(path, path);
    return this.session.openSource({ sourceId: role, fileId: path, role, unknownMarker, unit: 'none' });
  }

  async rgbaOf(change: Partial<EngineArgs<'renderTile'>>): Promise<Uint8Array> {
    const tile = await this.session.renderTile(tileOf(change));
    if (tile.state !== 'done') throw new Error('It was stale.');
    return tile.rgba;
  }

  /** A permitted export to this path. */
  exportTo(path: string, change: Partial<EngineArgs<'exportResult'>> = {}): EngineArgs<'exportResult'> {
    this.engine.files.permitWriting(path, path);
    return {
      jobId: 'job',
      document: documentOf(stepOf('guided-filter')),
      writeId: path,
      settings: asFloats,
      device: 'auto',
      ...change,
    };
  }
}

const formatOf = ({ sampleType }: RasterInit) => (sampleType === 'f32' ? 'npy' : 'png');

export const documentOf = (...steps: Step[]): BoundDocument => ({
  target: 'target',
  guidance: 'guidance',
  processing: processingOf(...steps),
});

export const tileOf = (change: Partial<EngineArgs<'renderTile'>>): EngineArgs<'renderTile'> => ({
  document: documentOf(stepOf('guided-filter')),
  layer: 'result',
  level: 0,
  region: { x: 0, y: 0, width: 32, height: 32 },
  display: { colormap: 'grey', range: { min: 0, max: 255 }, markSaturated: false },
  generation: 1,
  ...change,
});

/** A float map of these values. */
export const floats = (width: number, height: number, values: ArrayLike<number>): RasterInit => ({
  width,
  height,
  channels: 1,
  data: Float32Array.from(values),
  sampleType: 'f32',
});
