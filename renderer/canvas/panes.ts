import type { Size } from '../../electron/contract/geometry';
import { type ShownLayer, shownLayers, type ViewState } from '../document/viewStore';
import type { Pane } from './viewport';

/** A part of the stage that draws some layers: where the viewport lies, and what of it may be painted. */
export interface Frame {
  readonly pane: Pane;
  readonly clip: Pane;
  /** Topmost first; the next one is drawn only where the one above leaves something to see. */
  readonly layers: readonly ShownLayer[];
}

type Shown = Pick<ViewState, 'compare' | 'splitAt' | 'visible' | 'isolated' | 'holdingTarget'>;

/** How the stage is divided for what is compared. `available` are the layers there are. */
export function framesOf(stage: Size, view: Shown, available: ReadonlySet<ShownLayer>): Frame[] {
  const whole: Pane = { x: 0, y: 0, ...stage };
  const alone = view.holdingTarget ? 'target' : view.isolated;
  if (alone && available.has(alone)) return [{ pane: whole, clip: whole, layers: [alone] }];
  if (!comparing(view, available)) {
    const layers = shownLayers.filter((layer) => available.has(layer) && view.visible[layer]);
    return [{ pane: whole, clip: whole, layers }];
  }
  const [before, after] = view.compare === 'split' ? split(whole, view.splitAt) : sides(whole);
  return [
    { ...before, layers: ['target'] },
    { ...after, layers: ['result', 'target'] },
  ];
}

/** Whether before and after are shown at once: both are there and nothing is shown alone. */
export function comparing(
  view: Omit<Shown, 'splitAt' | 'visible'>,
  available: ReadonlySet<ShownLayer>,
): boolean {
  if (view.compare === 'single' || view.holdingTarget || view.isolated) return false;
  return available.has('target') && available.has('result');
}

type Place = Pick<Frame, 'pane' | 'clip'>;

function split(whole: Pane, at: number): [Place, Place] {
  const x = Math.round(whole.width * at);
  return [
    { pane: whole, clip: { ...whole, width: x } },
    { pane: whole, clip: { ...whole, x, width: whole.width - x } },
  ];
}

function sides(whole: Pane): [Place, Place] {
  const width = Math.floor((whole.width - 1) / 2);
  const left = { ...whole, width };
  const right = { ...whole, x: whole.width - width, width };
  return [
    { pane: left, clip: left },
    { pane: right, clip: right },
  ];
}
