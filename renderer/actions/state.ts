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

export const useAppState = (): AppState => ({
  document: useDocument(),
  view: useView(),
  engine: useEngine(),
  layers: useCanvasStatus((status) => status.layers),
});

export const hasPicture = ({ layers }: AppState) => layers.length > 0;
