import { create } from 'zustand';
import type { EngineEventData } from '../../electron/contract/engine';
import type { ErrorData } from '../../electron/contract/errors';
import { links } from '../bridge/engine';
import type { ShownLayer } from '../document/viewStore';

/** What the canvas tells the interface about what it shows. */
interface CanvasStatus {
  /** Layers there are to show. */
  readonly layers: readonly ShownLayer[];
  /** Some of the result on screen is not what export would write, or not yet. */
  readonly approximate: boolean;
  /** Tiles of the result on screen that are still to come. */
  readonly pending: number;
  /** How far the tile is that takes long; null while none does. */
  readonly rendering: Pick<EngineEventData<'rendering'>, 'done' | 'remainingMilliseconds'> | null;
  /** Why a layer cannot be drawn. */
  readonly problem: ErrorData | null;
}

export const useCanvasStatus = create<CanvasStatus>(() => ({
  layers: [],
  approximate: false,
  pending: 0,
  rendering: null,
  problem: null,
}));

/** Publishes only what changed: this is called for every frame. */
export function publishStatus(next: Partial<CanvasStatus>): void {
  const now = useCanvasStatus.getState();
  const changed = Object.entries(next).some(
    ([key, value]) => JSON.stringify(now[key as keyof CanvasStatus]) !== JSON.stringify(value),
  );
  if (changed) useCanvasStatus.setState(next);
}

/** Hears from the engine how far slow tiles are. */
export function followRendering(): void {
  links().connection.onEvent('rendering', ({ done, remainingMilliseconds }) => {
    if (useCanvasStatus.getState().pending > 0) publishStatus({ rendering: { done, remainingMilliseconds } });
  });
}
