import Konva from 'konva/lib/Core';
import { Shape } from 'konva/lib/Shape';
import type { SceneLayer } from '../document/scene';
import { type ShownLayer, shownLayers } from '../document/viewStore';
import { paintLayer } from './layerPainter';
import type { Painting } from './painting';
import type { Frame } from './panes';
import { toScreen, type Viewport } from './viewport';

/** One frame in Konva: a clipped group with a node for every layer. Panning and zooming only move the nodes. */
export class FrameNode {
  readonly group = new Konva.Group({ listening: false });
  private readonly shapes = new Map<ShownLayer, Shape>();
  private readonly paintings = new Map<ShownLayer, Painting>();

  constructor() {
    for (const layer of shownLayers.toReversed()) {
      const shape = new Shape({
        listening: false,
        perfectDrawEnabled: false,
        sceneFunc: (context) => {
          const painting = this.paintings.get(layer);
          if (painting) paintLayer(context._context, painting);
        },
      });
      this.shapes.set(layer, shape);
      this.group.add(shape);
    }
  }

  clip({ clip }: Frame): void {
    this.group.clip(clip);
  }

  place({ pane }: Frame, viewport: Viewport, layers: readonly SceneLayer[]): void {
    const origin = toScreen(viewport, pane, { x: 0, y: 0 });
    for (const { id, scale } of layers) {
      const shape = this.shapes.get(id)!;
      shape.position(origin);
      shape.scale({ x: viewport.scale * scale.x, y: viewport.scale * scale.y });
    }
  }

  paint(paintings: ReadonlyMap<ShownLayer, Painting>): void {
    this.paintings.clear();
    for (const [layer, shape] of this.shapes) {
      const painting = paintings.get(layer);
      shape.visible(painting !== undefined);
      if (painting) this.paintings.set(layer, painting);
    }
  }
}
