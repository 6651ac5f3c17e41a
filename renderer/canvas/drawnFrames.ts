import type { SceneLayer } from '../document/scene';
import { coatsFor } from './painting';
import type { Frame } from './panes';
import type { FramePlan } from './planning';
import { tileKey } from './tiles';
import type { Viewport } from './viewport';

/**
 * What the frames on the screen were drawn from. Documents change more often than what there is to see of them, and
 * drawing costs as much as a tile, in this process and in the one that puts the window together.
 */
export class DrawnFrames {
  private drawn: readonly unknown[] = [];

  /** Whether this differs from what was drawn last, which it is from now on. */
  update(
    frames: readonly Frame[],
    plans: readonly FramePlan[],
    viewport: Viewport,
    layers: readonly SceneLayer[],
  ): boolean {
    const next = [
      viewport.centre.x,
      viewport.centre.y,
      viewport.scale,
      ...layers.flatMap(({ id, scale }) => [id, scale.x, scale.y]),
      ...frames.flatMap(({ pane, clip }) => [...Object.values(pane), ...Object.values(clip)]),
      ...plans.flatMap(painted),
    ];
    const isSame = next.length === this.drawn.length && next.every((part, at) => part === this.drawn[at]);
    this.drawn = next;
    return !isSame;
  }

  /** The canvas was emptied. */
  forget(): void {
    this.drawn = [];
  }
}

const painted = ({ paintings }: FramePlan): unknown[] =>
  [...paintings].flatMap(([layer, painting]) => [
    layer,
    painting.opacity,
    painting.hatch,
    ...painting.places.flatMap((wanted) => [
      tileKey(wanted),
      ...coatsFor(painting, wanted).flatMap(({ parts, share }) => [
        share,
        ...parts.flatMap(({ tile, place }) => [tile, tileKey(place)]),
      ]),
    ]),
  ]);
