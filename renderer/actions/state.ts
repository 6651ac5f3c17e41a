import { useSyncExternalStore } from 'react';
import { type EngineState, useEngine } from '../bridge/engineStore';
import { useCanvasStatus } from '../canvas/canvasStatus';
import { type DocumentState, useDocument } from '../document/documentStore';
import { type ShownLayer, useView, type ViewState } from '../document/viewStore';

/** What decides whether an action can be done now. */
export interface AppState {
  readonly document: DocumentState;
  readonly view: ViewState;
  readonly engine: EngineState;
  readonly layers: readonly ShownLayer[];
}

export const appState = (): AppState => ({
  document: useDocument.getState(),
  view: useView.getState(),
  engine: useEngine.getState(),
  layers: useCanvasStatus.getState().layers,
});

const stores = [useDocument, useView, useEngine, useCanvasStatus] as const;

function subscribe(listener: () => void): () => void {
  const stops = stores.map((store) => store.subscribe(listener));
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * What follows from the state of the whole window. A component that asks for it renders again only when the answer is
 * another one: the document changes with every movement of a slider.
 */
export const useAppState = <T extends boolean | undefined>(answer: (state: AppState) => T): T =>
  useSyncExternalStore(subscribe, () => answer(appState()));

export const hasPicture = ({ layers }: AppState) => layers.length > 0;
