import { Shape } from 'konva/lib/Shape';
import type { SceneLayer } from '../document/scene';
import type { Frame } from './panes';
import { toPicture, toScreen, type Viewport } from './viewport';

const leastZoom = 8;

/** Hairlines between the pixels of each frame's top layer, from 800 %. */
export class PixelGrid {
  private lines: { readonly frame: Frame; readonly layer: SceneLayer }[] = [];
  private viewport: Viewport = { centre: { x: 0, y: 0 }, scale: 1 };
  colour = '';

  readonly shape = new Shape({
    listening: false,
    perfectDrawEnabled: false,
    sceneFunc: (context) => {
      for (const { frame, layer } of this.lines) this.draw(context._context, frame, layer);
    },
  });

  /**
   * @param zoom device pixels per picture pixel
   * @returns whether there is anything to draw
   */
  update(
    frames: readonly Frame[],
    layers: readonly SceneLayer[],
    viewport: Viewport,
    zoom: number,
    wanted: boolean,
  ): boolean {
    this.viewport = viewport;
    this.lines = [];
    for (const frame of wanted && zoom >= leastZoom ? frames : []) {
      const layer = layers.find(({ id }) => id === frame.layers[0]);
      if (layer) this.lines.push({ frame, layer });
    }
    return this.lines.length > 0;
  }

  private draw(context: CanvasRenderingContext2D, { pane, clip }: Frame, layer: SceneLayer): void {
    const { size, scale } = layer;
    const ratio = context.getTransform().a;
    const from = toPicture(this.viewport, pane, { x: clip.x, y: clip.y });
    const to = toPicture(this.viewport, pane, { x: clip.x + clip.width, y: clip.y + clip.height });
    const start = toScreen(this.viewport, pane, { x: 0, y: 0 });
    const end = toScreen(this.viewport, pane, { x: size.width * scale.x, y: size.height * scale.y });
    const crisp = (value: number) => Math.round(value * ratio) / ratio;
    const top = Math.max(clip.y, start.y);
    const bottom = Math.min(clip.y + clip.height, end.y);
    const left = Math.max(clip.x, start.x);
    const right = Math.min(clip.x + clip.width, end.x);
    context.fillStyle = this.colour;
    const hairline = 1 / ratio;
    const range = (low: number, high: number, step: number, count: number) => ({
      first: Math.max(0, Math.ceil(low / step)),
      last: Math.min(count, Math.floor(high / step)),
    });
    const columns = range(from.x, to.x, scale.x, size.width);
    for (let column = columns.first; column <= columns.last; column += 1)
      context.fillRect(crisp(start.x + column * scale.x * this.viewport.scale), top, hairline, bottom - top);
    const rows = range(from.y, to.y, scale.y, size.height);
    for (let row = rows.first; row <= rows.last; row += 1)
      context.fillRect(left, crisp(start.y + row * scale.y * this.viewport.scale), right - left, hairline);
  }
}
