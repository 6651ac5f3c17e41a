import { setImmediate as nextTurn } from 'node:timers/promises';
import packageJson from '../../package.json';
import { describeFormats } from '../codecs/list';
import type { BoundDocument, EngineApi, EngineArgs, EngineResult } from '../contract/engine';
import { cancelled, SidelightError } from '../contract/errors';
import { filterById, filters } from '../filters/list';
import { presets } from '../filters/presets/list';
import { SampleMemory } from '../raster/sampleMemory';
import { displayRaster } from './display/displayTransform';
import type { Engine, Tell } from './engine';
import { describeDocument } from './evaluate/describeDocument';
import { checkDocument } from './evaluate/document';
import { Meter } from './evaluate/meter';
import { exportResult } from './jobs/exportResult';
import { type BoundSources, type LayerParts, readLayer } from './layers';
import { openSource } from './openSource';
import { Generations } from './queue';
import { readPixel } from './readPixel';
import { renderingProgress } from './renderingProgress';
import type { Source } from './store';

/** What one client has open and under way; it goes when the client goes. */
export class Session implements EngineApi {
  private readonly sources = new Map<string, Source>();
  private readonly generations = new Generations();
  private readonly jobs = new Map<string, AbortController>();
  /** One tile at a time is made, and turned into colours before the next. */
  private readonly shown = new SampleMemory();
  private ended = false;

  constructor(
    private readonly engine: Engine,
    private readonly tell: Tell,
  ) {}

  end(): void {
    this.ended = true;
    this.generations.stopAll();
    for (const job of this.jobs.values()) job.abort(cancelled());
    for (const source of this.sources.values()) this.engine.store.remove(source);
    this.sources.clear();
  }

  async describe(): Promise<EngineResult<'describe'>> {
    return {
      version: packageJson.version,
      processId: process.pid,
      filters: filters.map(({ description }) => description),
      presets: [...presets],
      formats: describeFormats(),
    };
  }

  async devices({ probe }: EngineArgs<'devices'>): Promise<EngineResult<'devices'>> {
    return probe ? this.engine.devices.probeAll() : this.engine.devices.report();
  }

  chooseDevice({ device }: EngineArgs<'chooseDevice'>): Promise<EngineResult<'chooseDevice'>> {
    return this.engine.devices.choose(device);
  }

  openSource(request: EngineArgs<'openSource'>): Promise<EngineResult<'openSource'>> {
    const path = this.engine.files.readPath(request.fileId);
    return this.engine.queue.run('visible', async () => {
      const source = await openSource(path, request);
      if (this.ended) throw cancelled();
      this.drop(request.sourceId);
      this.sources.set(request.sourceId, source);
      this.engine.store.add(source);
      this.engine.reportMemory();
      return source.info;
    });
  }

  async closeSource({ sourceId }: EngineArgs<'closeSource'>): Promise<EngineResult<'closeSource'>> {
    this.drop(sourceId);
    return {};
  }

  openModel({ fileId }: EngineArgs<'openModel'>): Promise<EngineResult<'openModel'>> {
    return this.engine.own.open(fileId, this.engine.files.readPath(fileId));
  }

  openPhotograph({ fileId }: EngineArgs<'openPhotograph'>): Promise<EngineResult<'openPhotograph'>> {
    const path = this.engine.files.readPath(fileId);
    return this.engine.queue.run('visible', () => this.engine.photographs.open(path));
  }

  async describeDocument({
    document,
  }: EngineArgs<'describeDocument'>): Promise<EngineResult<'describeDocument'>> {
    return describeDocument(this.checked(document), filterById, this.engine.resources);
  }

  async renderTile(request: EngineArgs<'renderTile'>): Promise<EngineResult<'renderTile'>> {
    const { generation } = request;
    const { signal, end } = this.generations.begin(generation);
    try {
      return await this.engine.queue.run('visible', async () => {
        await nextTurn();
        signal.throwIfAborted();
        const start = performance.now();
        const report = renderingProgress(generation, (progress) => this.tell('rendering', progress));
        const run = await this.engine.startRun('auto', signal, 'preview', new Meter(report));
        const { raster, approximate } = await readLayer(
          request,
          { ...this.layerParts(request.document), memory: this.shown },
          run,
        );
        const rgba = displayRaster(raster, request.display);
        this.engine.reportMemory();
        return { state: 'done', generation, rgba, approximate, milliseconds: performance.now() - start };
      });
    } catch (thrown) {
      if (signal.aborted && !this.ended) return { state: 'stale', generation };
      throw thrown;
    } finally {
      end();
    }
  }

  async stopTiles({ generation }: EngineArgs<'stopTiles'>): Promise<EngineResult<'stopTiles'>> {
    this.generations.begin(generation).end();
    return {};
  }

  async readPixel({ document, x, y }: EngineArgs<'readPixel'>): Promise<EngineResult<'readPixel'>> {
    const run = await this.engine.startRun('auto', new AbortController().signal, 'preview');
    return readPixel(x, y, this.layerParts(document), run);
  }

  async exportResult(request: EngineArgs<'exportResult'>): Promise<EngineResult<'exportResult'>> {
    const path = this.engine.files.writePath(request.writeId);
    if (this.jobs.has(request.jobId)) throw jobExists(request.jobId);
    const controller = new AbortController();
    this.jobs.set(request.jobId, controller);
    try {
      return await exportResult(this.engine, {
        ...request,
        document: this.checked(request.document),
        path,
        inputs: this.inputsOf(request.document),
        signal: controller.signal,
        onProgress: (progress) => this.tell('progress', progress),
      });
    } finally {
      this.jobs.delete(request.jobId);
    }
  }

  async cancel({ jobId }: EngineArgs<'cancel'>): Promise<EngineResult<'cancel'>> {
    this.jobs.get(jobId)?.abort(cancelled());
    return {};
  }

  /** Files that a document is made from: none of them may be written over. */
  private inputsOf({ processing }: BoundDocument): string[] {
    const named = processing.steps.flatMap(({ parameters }) => Object.values(parameters));
    return [
      ...[...this.sources.values()].map(({ path }) => path),
      ...named.flatMap((value) => this.engine.stepFile(value) ?? []),
    ];
  }

  private checked(document: BoundDocument) {
    return checkDocument(document, this.bound(document), filters);
  }

  private bound({ target, guidance, reference }: BoundDocument): BoundSources {
    return { target: this.find(target), guidance: this.find(guidance), reference: this.find(reference) };
  }

  private layerParts(document: BoundDocument): LayerParts {
    const { store, evaluator } = this.engine;
    return { store, evaluator, sources: this.bound(document), checked: () => this.checked(document) };
  }

  private find(sourceId: string | null | undefined): Source | null {
    if (sourceId === null || sourceId === undefined) return null;
    const source = this.sources.get(sourceId);
    if (source) return source;
    throw new SidelightError(
      'request-invalid',
      'A file of the document is not open in the engine.',
      'Open the file again.',
      { sourceId },
    );
  }

  private drop(sourceId: string): void {
    const source = this.sources.get(sourceId);
    if (source) this.engine.store.remove(source);
    this.sources.delete(sourceId);
  }
}

const jobExists = (jobId: string) =>
  new SidelightError(
    'request-invalid',
    `The job ${jobId} is under way already.`,
    'Wait for it, or stop it.',
    {
      jobId,
    },
  );
