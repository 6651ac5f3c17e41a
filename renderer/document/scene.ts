import type { Display } from '../../electron/contract/display';
import type { BoundDocument, DocumentInfo } from '../../electron/contract/engine';
import type { FilterDescription } from '../../electron/contract/filters';
import type { Size } from '../../electron/contract/geometry';
import { secondsPerMegapixel } from '../../electron/recipe/cost';
import { type BlendEnds, blendEnds } from './blendEnds';
import { defaultDisplay } from './displays';
import { type DocumentState, sourceOf } from './documentStore';
import { appliedSteps, type Inspected, inspectable, viewedDocument } from './inspecting';
import { resultStored, resultValues } from './result';
import { type ShownLayer, shownLayers, type ViewState } from './viewStore';
import { boundDocument, type InputRole } from './work';

/** One layer as it is drawn: what to ask the engine for, and where it lies on the picture. */
export interface SceneLayer {
  readonly id: ShownLayer;
  /** The part of the document its pixels depend on. */
  readonly document: BoundDocument;
  readonly display: Display;
  /** Size of its own grid. */
  readonly size: Size;
  /** Picture pixels per pixel of its grid. */
  readonly scale: { readonly x: number; readonly y: number };
  /** It may have pixels without a value, drawn as a pattern. */
  readonly hasUnknown: boolean;
  /** Everything its tiles depend on: another key is another picture. */
  readonly key: string;
  readonly secondsPerMegapixel: number;
  /** What it can be mixed of where it is drawn; `key` is that of the full effect. Null where it cannot. */
  readonly ends: (BlendEnds & { readonly key: string }) | null;
}

/** A picture on the way to the result, for the strip of them. */
export interface SceneIteration extends Pick<SceneLayer, 'document' | 'display' | 'key'> {
  readonly at: Inspected;
}

/** Everything on the canvas, topmost first, on a picture of the result's size. */
export interface Scene {
  readonly size: Size;
  readonly layers: readonly SceneLayer[];
  readonly iterations: readonly SceneIteration[];
}

type Shown = Pick<DocumentState, 'work' | 'sources' | 'info' | 'infoFor'>;
type SceneView = Pick<ViewState, 'displays' | 'inspected'>;

/** What decides the size and position of everything; steps do not. */
export function geometryKey({ work, sources }: Pick<DocumentState, 'work' | 'sources'>): string {
  const { guidance, target } = boundDocument(work, sources);
  const reading = (id: string | null) => (id ? [id, sources[id]?.reading] : null);
  return JSON.stringify([reading(guidance), reading(target), work.processing.fit]);
}

/** What there is to see; null while no file has been read. */
export function sceneOf(state: Shown, view: SceneView, filters: readonly FilterDescription[]): Scene | null {
  const info = state.infoFor === geometryKey(state) ? state.info : null;
  const size = pictureSize(state, info);
  if (!size) return null;
  const makers = { result: resultLayer, target: targetLayer, guidance: guidanceLayer };
  const layers = shownLayers.flatMap((id) => makers[id](state, info, size, view, filters) ?? []);
  return { size, layers, iterations: info ? iterationsOf(state, view) : [] };
}

function iterationsOf(state: Shown, { displays }: SceneView): SceneIteration[] {
  const display = displayOf(state, displays, 'result');
  if (!display) return [];
  return inspectable(state.work.processing).map((at) => {
    const document = viewedDocument(state, { inspected: at });
    return { at, document, display, key: keyOf(state, document, display) };
  });
}

function pictureSize(state: Shown, info: DocumentInfo | null): Size | null {
  if (info) return info.size;
  const source = infoOf(state, 'guidance') ?? infoOf(state, 'target');
  return source?.size ?? null;
}

const infoOf = (state: Shown, role: InputRole) => sourceOf(state, role)?.info ?? null;

/** How a layer is shown: as the user chose, else as its data asks for. The result looks like its target. */
export function displayOf(state: Shown, displays: ViewState['displays'], layer: ShownLayer): Display | null {
  const role = layer === 'result' ? 'target' : layer;
  const source = sourceOf(state, role);
  if (!source?.info) return null;
  const targetValues = state.work.processing.targetValues;
  const own = layer === 'result' ? displays.result : undefined;
  if (own) return own;
  const stored = layer === 'result' ? resultStored(state, source.info) : source.info;
  const values = layer === 'result' ? resultValues(state) : targetValues;
  // A result of another kind than its target looks like what it is.
  if (stored.channels !== source.info.channels || values !== targetValues)
    return defaultDisplay(stored, '', role, values);
  return displays[source.sourceId] ?? defaultDisplay(source.info, source.file.name, role, targetValues);
}

type Maker = (
  state: Shown,
  info: DocumentInfo | null,
  size: Size,
  view: SceneView,
  filters: readonly FilterDescription[],
) => SceneLayer | null;

const resultLayer: Maker = (state, info, size, view, filters) => {
  const display = displayOf(state, view.displays, 'result');
  const target = infoOf(state, 'target');
  if (!info || !display || !target) return null;
  const document = viewedDocument(state, view);
  const cost = appliedSteps(document).reduce((sum, step) => {
    const filter = filters.find(({ id }) => id === step.filter);
    return sum + (filter ? secondsPerMegapixel(filter, step.parameters) : 0) * step.iterations;
  }, 0);
  const hasUnknown = target.hasAlpha || (target.unknownPixels > 0 && document.processing.unknown === 'keep');
  // What shines through would do so twice.
  const ends = hasUnknown ? null : blendEnds(document, display, info);
  return {
    id: 'result',
    document,
    display,
    size,
    scale: { x: 1, y: 1 },
    hasUnknown,
    key: keyOf(state, document, display),
    secondsPerMegapixel: cost,
    ends: ends && { ...ends, key: keyOf(state, ends.full, display) },
  };
};

const targetLayer: Maker = (state, _info, size, { displays }) => {
  const target = infoOf(state, 'target');
  const display = displayOf(state, displays, 'target');
  if (!target || !display) return null;
  const document: BoundDocument = {
    target: target.sourceId,
    guidance: null,
    processing: {
      fit: 'refuse',
      unknown: 'keep',
      targetValues: state.work.processing.targetValues,
      steps: [],
    },
  };
  return {
    id: 'target',
    document,
    display,
    size: target.size,
    scale: { x: size.width / target.size.width, y: size.height / target.size.height },
    hasUnknown: target.unknownPixels > 0 || target.hasAlpha,
    key: keyOf(state, document, display),
    secondsPerMegapixel: 0,
    ends: null,
  };
};

const guidanceLayer: Maker = (state, info, size, { displays }) => {
  const guidance = infoOf(state, 'guidance');
  const display = displayOf(state, displays, 'guidance');
  if (!guidance || !display) return null;
  const { fit } = state.work.processing;
  // With a document that can be evaluated the guidance is drawn as it is used, cropped if need be.
  const target = info ? (infoOf(state, 'target')?.sourceId ?? null) : null;
  const document: BoundDocument = {
    target,
    guidance: guidance.sourceId,
    processing: { fit: target ? fit : 'refuse', unknown: 'keep', targetValues: 'continuous', steps: [] },
  };
  return {
    id: 'guidance',
    document,
    display,
    size,
    scale: { x: 1, y: 1 },
    hasUnknown: guidance.hasAlpha,
    key: keyOf(state, document, display),
    secondsPerMegapixel: 0,
    ends: null,
  };
};

function keyOf({ sources }: Shown, document: BoundDocument, display: Display): string {
  const readings = [document.guidance, document.target].map((id) => (id ? sources[id]?.reading : 0));
  // What is switched off makes no difference.
  const steps = document.processing.steps.filter((step) => step.enabled);
  return JSON.stringify([{ ...document, processing: { ...document.processing, steps } }, display, readings]);
}
