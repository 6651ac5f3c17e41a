import Konva from 'konva/lib/Core';
import type { EngineApi } from '../../electron/contract/engine';
import type { ErrorData } from '../../electron/contract/errors';
import type { FilterDescription } from '../../electron/contract/filters';
import type { Rect } from '../../electron/contract/geometry';
import { type DocumentState, useDocument } from '../document/documentStore';
import { useNearOpacity } from '../document/nearOpacity';
import { type Scene, type SceneLayer, sceneOf } from '../document/scene';
import { type ShownLayer, useView, type ViewState } from '../document/viewStore';
import { ArrivalPace } from './arrivalPace';
import { Blending, type Shown } from './blending';
import { publishStatus } from './canvasStatus';
import { DrawnFrames } from './drawnFrames';
import { FrameNode } from './frameNode';
import { canvasColours, hatchPattern } from './hatch';
import { IterationStrip } from './iterationStrip';
import { type Frame, framesOf } from './panes';
import { PixelGrid } from './pixelGrid';
import { PixelValues } from './pixelValues';
import { inAskingOrder, planFrame } from './planning';
import { Pyramid } from './pyramid';
import { Round } from './round';
import { type ArrivedBlock, fewAtATime, manyAtATime, TileScheduler, type Want } from './scheduler';
import { dropThumbnail, keepThumbnail } from './thumbnails';
import { baseLevel } from './tiles';
import { resizeStage, showPicture, useViewport, zoomOf } from './viewportStore';
import { baseWant } from './wants';

/** Tiles of the result are computed, and come one by one; the others are only shown. */
const tileSizes = { result: 256, target: 512, guidance: 512 } as const;
/** How often it is looked at whether a newer document still waits for what is under way. */
const lookMilliseconds = 50;

/** The picture on the screen: follows the stores, asks for tiles, and draws. Knows nothing of React. */
export class PictureStage {
  private readonly stage: Konva.Stage;
  private readonly pictureLayer = new Konva.Layer({ listening: false });
  private readonly overlayLayer = new Konva.Layer({ listening: false });
  private readonly frameNodes = [new FrameNode(), new FrameNode()];
  private readonly grid = new PixelGrid();
  private readonly values: PixelValues;
  private readonly scheduler: TileScheduler;
  private readonly strip: IterationStrip;
  private readonly pace = new ArrivalPace(() => this.schedule());
  private readonly round = new Round();
  private readonly drawn = new DrawnFrames();
  private readonly blending = new Blending(() => this.newPyramid(this.result!));
  private readonly shown = new Map<ShownLayer, Shown>();
  private readonly failed = new Map<ShownLayer, { key: string; error: ErrorData }>();
  private readonly stops: (() => void)[] = [];
  private scene: Scene | null = null;
  private frames: readonly Frame[] = [];
  private hatch: CanvasPattern | null = null;
  private filters: readonly FilterDescription[] = [];
  private scheduled = 0;
  /** Set while a newer document waits for the round that is under way. */
  private late: ReturnType<typeof setTimeout> | undefined;
  private version = 0;

  constructor(
    private readonly container: HTMLDivElement,
    engine: Pick<EngineApi, 'renderTile' | 'stopTiles' | 'readPixel'>,
  ) {
    this.stage = new Konva.Stage({ container, listening: false });
    this.stage.add(this.pictureLayer, this.overlayLayer);
    this.pictureLayer.add(...this.frameNodes.map(({ group }) => group));
    this.values = new PixelValues(engine, () => this.schedule());
    this.overlayLayer.add(this.grid.shape, this.values.shape);
    this.scheduler = new TileScheduler(engine, {
      onBlock: (block) => this.receive(block),
      onIdle: () => this.drawAtOnce(),
      onProblem: (want, error) => this.fail(want, error),
      onStale: () => this.schedule(),
    });
    this.strip = new IterationStrip(engine, () => this.schedule());
    const resized = new ResizeObserver(() => this.resize());
    resized.observe(container);
    this.stops.push(
      () => resized.disconnect(),
      useDocument.subscribe((state, before) => this.onDocument(state, before)),
      useView.subscribe((state, before) => this.onView(state, before)),
      useViewport.subscribe(() => this.schedule()),
      useNearOpacity.subscribe(() => this.schedule()),
    );
    this.resize();
    this.recolour();
    this.rebuild();
  }

  /** The filters' declarations say how long a preview may take. */
  know(filters: readonly FilterDescription[]): void {
    this.filters = filters;
    this.rebuild();
  }

  /** Colours or the density of the screen changed. */
  recolour(): void {
    const colours = canvasColours(this.container);
    this.hatch = hatchPattern(colours, window.devicePixelRatio);
    this.grid.colour = colours.grid;
    this.schedule();
  }

  /** Asks again for what failed. */
  retry(): void {
    this.failed.clear();
    publishStatus({ problem: null });
    this.schedule();
  }

  destroy(): void {
    for (const stop of this.stops) stop();
    cancelAnimationFrame(this.scheduled);
    clearTimeout(this.late);
    this.pace.stop();
    this.scheduler.want([]);
    this.scheduler.advance();
    this.values.stop();
    this.strip.update(null, false, 0);
    for (const { pyramid } of this.shown.values()) pyramid.clear();
    this.blending.drop();
    this.stage.destroy();
  }

  private onDocument(state: DocumentState, before: DocumentState): void {
    const changed = (['work', 'sources', 'info'] as const).some((key) => state[key] !== before[key]);
    const ended = before.gesturing && !state.gesturing;
    // What is mixed waits for nobody.
    if (changed && state.gesturing && !this.blending.isPrepared) this.rebuildInTime();
    else if (changed || (ended && this.late !== undefined)) this.rebuild();
    else if (state.gesturing !== before.gesturing) this.schedule();
  }

  /** The parameter that is dragged has gone on: its newest position comes after the one that is under way. */
  private rebuildInTime(): void {
    clearTimeout(this.late);
    if (this.round.isWorthFinishing()) this.late = setTimeout(() => this.rebuildInTime(), lookMilliseconds);
    else this.rebuild();
  }

  private onView(state: ViewState, before: ViewState): void {
    if (state.previewStopped && !before.previewStopped) this.scheduler.advance();
    if (state.displays !== before.displays || state.inspected !== before.inspected) this.rebuild();
    else this.reframe();
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.container;
    const ratio = window.devicePixelRatio;
    const size = { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) };
    this.stage.size(size);
    for (const layer of [this.pictureLayer, this.overlayLayer]) layer.getCanvas().setPixelRatio(ratio);
    this.drawn.forget();
    this.reframe();
  }

  /** The document or its colours changed: what is drawn stays until its successor has come. */
  private rebuild(): void {
    clearTimeout(this.late);
    this.late = undefined;
    this.scene = sceneOf(useDocument.getState(), useView.getState(), this.filters);
    const layers = this.scene?.layers ?? [];
    for (const [id, { pyramid }] of this.shown) {
      if (layers.some((layer) => layer.id === id)) continue;
      pyramid.clear();
      this.shown.delete(id);
      dropThumbnail(id);
    }
    const wasPrepared = this.blending.isPrepared;
    const { gesturing } = useDocument.getState();
    const shown = this.blending.follow(this.result, gesturing, this.shown.get('result'));
    if (shown) this.shown.set('result', shown);
    const changed = layers.filter((layer) => this.follow(layer));
    // The ends that are under way stay those of the next position.
    const isMixed = wasPrepared && this.blending.isActive && changed.every(({ id }) => id === 'result');
    if (changed.length > 0 && !isMixed) this.scheduler.advance();
    showPicture(this.scene?.size ?? null);
    publishStatus({ layers: layers.map(({ id }) => id), problem: this.currentProblem() });
    this.reframe();
  }

  private follow(layer: SceneLayer): boolean {
    const before = this.shown.get(layer.id);
    if (before?.key === layer.key) return false;
    const { width, height } = before?.pyramid.size ?? {};
    const keeps = before && width === layer.size.width && height === layer.size.height;
    if (!keeps) before?.pyramid.clear();
    const pyramid = keeps ? before.pyramid : this.newPyramid(layer);
    if (keeps) pyramid.outdate(this.nextVersion());
    this.shown.set(layer.id, { pyramid, key: layer.key });
    // Another result is worth waiting for again.
    if (layer.id === 'result') {
      useView.setState({ previewStopped: false });
      this.round.begin();
    }
    return true;
  }

  private get result(): SceneLayer | undefined {
    return this.scene?.layers.find(({ id }) => id === 'result');
  }

  /** Counted over all pyramids: what is under way is told apart by it. */
  private nextVersion(): number {
    this.version += 1;
    return this.version;
  }

  private newPyramid({ id, size }: SceneLayer): Pyramid {
    return new Pyramid(size, tileSizes[id], this.nextVersion());
  }

  private reframe(): void {
    const { width, height } = this.stage.size();
    const available = new Set(this.shown.keys());
    this.frames = framesOf({ width, height }, useView.getState(), available);
    this.frameNodes.forEach(({ group }, index) => {
      group.visible(this.frames[index] !== undefined);
    });
    this.frames.forEach((frame, index) => {
      this.frameNodes[index]?.clip(frame);
    });
    const { stage, pane, pixelRatio } = useViewport.getState();
    const next = this.frames[0]?.pane ?? { x: 0, y: 0, width, height };
    const same =
      stage.width === width &&
      stage.height === height &&
      pane.width === next.width &&
      pixelRatio === window.devicePixelRatio;
    if (!same) resizeStage({ width, height }, next, window.devicePixelRatio);
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0;
      this.draw();
    });
  }

  /** Without waiting for the next frame: the engine has nothing to do until it hears of what is missing now. */
  private drawAtOnce(): void {
    cancelAnimationFrame(this.scheduled);
    this.scheduled = 0;
    this.draw();
    if (this.late === undefined || this.round.isWorthFinishing()) return;
    this.rebuild();
    this.draw();
  }

  private draw(): void {
    this.pace.drawn();
    const { viewport, pixelRatio } = useViewport.getState();
    const { opacity, pixelGrid } = useView.getState();
    const { gesturing } = useDocument.getState();
    const layers = this.scene?.layers ?? [];
    const blend = this.blending.blend(gesturing, viewport);
    const situation = {
      layers,
      pyramids: new Map([...this.shown].map(([id, { pyramid }]) => [id, pyramid])),
      viewport,
      pixelRatio,
      opacity,
      hatch: this.hatch,
      gesturing,
      blend,
      ends: this.blending.asking,
    };
    const plans = this.frames.map((frame, index) => {
      const plan = planFrame(frame, situation);
      const node = this.frameNodes[index]!;
      node.place(frame, viewport, layers);
      node.paint(plan.paintings);
      return plan;
    });
    const wants = plans.flatMap((plan) => plan.wants);
    const ordered = inAskingOrder(wants, this.bases(gesturing));
    const ahead = plans.flatMap((plan) => plan.ahead);
    const isQuick = this.blending.isActive || (gesturing && this.round.isBrief);
    const asking = isQuick ? manyAtATime : fewAtATime;
    this.scheduler.want(
      [...ordered, ...ahead].filter(({ layer }) => !this.isHeld(layer)),
      asking,
    );
    const zoom = zoomOf(useViewport.getState());
    // A canvas with nothing on it still costs the compositor a picture a frame.
    const hasGrid = this.grid.update(this.frames, layers, viewport, zoom, pixelGrid);
    const hasValues = this.values.update(pixelGrid ? this.frames : [], layers, viewport);
    this.overlayLayer.visible(hasGrid || hasValues);
    if (this.overlayLayer.visible()) this.overlayLayer.draw();
    if (this.drawn.update(this.frames, plans, viewport, layers)) this.pictureLayer.draw();
    const sum = (count: 'inexact' | 'pending') => plans.reduce((total, plan) => total + plan[count], 0);
    const pending = this.isHeld('result') ? 0 : sum('pending');
    this.round.pending(pending);
    publishStatus({ approximate: sum('inexact') > 0, pending });
    if (pending === 0) {
      publishStatus({ rendering: null });
      this.blending.settled(viewport);
    }
    const idle = pending === 0 && !gesturing && !this.isHeld('result');
    if (idle) this.prepareBlending();
    this.strip.update(this.scene, idle, this.scheduler.currentGeneration);
  }

  /** With the pointer at the opacity there is time to ask for its ends, which its first movement needs. */
  private prepareBlending(): void {
    const shown = this.shown.get('result');
    const { step } = useNearOpacity.getState();
    if (!shown || step === null || this.result?.ends?.step !== step) return;
    if (this.blending.prepare(shown, useViewport.getState().viewport)) this.schedule();
  }

  /** The one tile of each whole layer; while a parameter is dragged there is no time for the result's. */
  private bases(gesturing: boolean): Want[] {
    return (this.scene?.layers ?? []).flatMap((layer) => {
      const pyramid = this.shown.get(layer.id)?.pyramid;
      const waits = gesturing && layer.id === 'result';
      return (pyramid && !waits && baseWant(layer, pyramid)) || [];
    });
  }

  /** Layers that failed wait for a change or a retry. */
  private isFailed(layer: ShownLayer): boolean {
    const failed = this.failed.get(layer);
    return failed !== undefined && failed.key === this.shown.get(layer)?.key;
  }

  /** Nothing is asked for: it failed, or the user does not want to wait for the result. */
  private isHeld(layer: ShownLayer): boolean {
    return this.isFailed(layer) || (layer === 'result' && useView.getState().previewStopped);
  }

  private async receive({ wants, region, rgba, approximate }: ArrivedBlock): Promise<void> {
    publishStatus({ rendering: null });
    const pixels = new Uint8ClampedArray(rgba.buffer as ArrayBuffer, rgba.byteOffset, rgba.byteLength);
    const image = new ImageData(pixels, region.width, region.height);
    await Promise.all(wants.map((want) => this.put(want, image, region, approximate)));
    this.round.arrived(wants.length);
    this.pace.arrived();
  }

  /** @param image of `within`, in pixels of the tile's level */
  private async put(want: Want, image: ImageData, within: Rect, approximate: boolean): Promise<void> {
    const { x, y, width, height } = want.request.region;
    const { pyramid, place, version } = want;
    const bitmap = await createImageBitmap(image, x - within.x, y - within.y, width, height);
    const isShown = () => pyramid === this.shown.get(want.layer)?.pyramid;
    if (isShown() && place.level === baseLevel(pyramid.size, pyramid.tileSize))
      await keepThumbnail(want.layer, bitmap);
    pyramid.put({ place, bitmap, version, approximate });
  }

  private fail(want: Want, error: ErrorData): void {
    if (this.blending.has(want.pyramid)) {
      this.blending.refuse();
      this.schedule();
      return;
    }
    const key = this.shown.get(want.layer)?.key;
    if (key === undefined || want.version !== this.shown.get(want.layer)?.pyramid.currentVersion) return;
    this.failed.set(want.layer, { key, error });
    publishStatus({ problem: this.currentProblem() });
    this.schedule();
  }

  private currentProblem(): ErrorData | null {
    for (const [id, { error }] of this.failed) if (this.isFailed(id)) return error;
    return null;
  }
}
