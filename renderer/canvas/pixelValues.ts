import { Shape } from 'konva/lib/Shape';
import type { EngineApi, PixelReading } from '../../electron/contract/engine';
import { viewedDocument } from '../document/inspecting';
import type { SceneLayer } from '../document/scene';
import type { ShownLayer } from '../document/viewStore';
import type { Frame } from './panes';
import { visibleArea } from './planning';
import { toScreen, type Viewport } from './viewport';

/** Screen pixels a layer's pixel must be wide for its value to be legible in it: 3200 % on a plain screen. */
const leastCell = 32;
const mostCells = 2500;
const mostUnderWay = 24;
/** Values are asked for when the view has come to rest for this long. */
const restMilliseconds = 120;
const lineHeight = 11;

interface Cell {
  readonly key: string;
  /** Picture pixel to read. */
  readonly x: number;
  readonly y: number;
  readonly layer: ShownLayer;
}

interface Field {
  readonly frame: Frame;
  readonly layer: SceneLayer;
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

const cellKey = (layer: SceneLayer, column: number, row: number) => `${layer.key} ${column} ${row}`;

/** Prints values into pixels that are large enough. */
export class PixelValues {
  private readonly values = new Map<string, readonly string[]>();
  private readonly underWay = new Set<string>();
  private fields: readonly Field[] = [];
  private viewport: Viewport = { centre: { x: 0, y: 0 }, scale: 1 };
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly shape = new Shape({
    listening: false,
    perfectDrawEnabled: false,
    sceneFunc: (context) => {
      for (const field of this.fields) this.draw(context._context, field);
    },
  });

  constructor(
    private readonly engine: Pick<EngineApi, 'readPixel'>,
    private readonly redraw: () => void,
  ) {}

  /** @returns whether there is anything to draw */
  update(frames: readonly Frame[], layers: readonly SceneLayer[], viewport: Viewport): boolean {
    this.viewport = viewport;
    this.fields = frames.flatMap((frame) => {
      const layer = layers.find(({ id }) => id === frame.layers[0]);
      return layer && viewport.scale * Math.min(layer.scale.x, layer.scale.y) >= leastCell
        ? [fieldOf(frame, layer, viewport)]
        : [];
    });
    clearTimeout(this.timer);
    if (this.fields.length > 0) this.timer = setTimeout(() => this.ask(), restMilliseconds);
    else this.values.clear();
    return this.fields.length > 0;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private ask(): void {
    if (this.values.size > mostCells * 2) this.values.clear();
    for (const cell of this.missing()) {
      if (this.underWay.size >= mostUnderWay) return;
      void this.read(cell);
    }
  }

  private missing(): Cell[] {
    return this.fields
      .flatMap(({ layer, columns, rows }) =>
        rows.flatMap((row) =>
          columns.map((column) => ({
            key: cellKey(layer, column, row),
            x: Math.floor((column + 0.5) * layer.scale.x),
            y: Math.floor((row + 0.5) * layer.scale.y),
            layer: layer.id,
          })),
        ),
      )
      .filter(({ key }) => !this.values.has(key) && !this.underWay.has(key))
      .slice(0, mostCells);
  }

  private async read({ key, x, y, layer }: Cell): Promise<void> {
    this.underWay.add(key);
    const reading: PixelReading | null = await this.engine
      .readPixel({ document: viewedDocument(), x, y })
      .catch(() => null);
    this.underWay.delete(key);
    const samples = reading?.[layer];
    // A result that has not been computed yet is asked for again once its tile has come.
    if (samples) this.values.set(key, samples.map(shortText));
    if (this.underWay.size === 0) this.redraw();
    if (samples) this.ask();
  }

  private draw(context: CanvasRenderingContext2D, { frame, layer, columns, rows }: Field): void {
    context.save();
    context.beginPath();
    context.rect(frame.clip.x, frame.clip.y, frame.clip.width, frame.clip.height);
    context.clip();
    context.font = '500 10px "Inter Variable", sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineWidth = 2.5;
    context.lineJoin = 'round';
    context.strokeStyle = 'rgb(0 0 0 / 60%)';
    context.fillStyle = 'white';
    for (const row of rows) {
      for (const column of columns) {
        const lines = this.values.get(cellKey(layer, column, row));
        if (!lines) continue;
        const at = toScreen(this.viewport, frame.pane, {
          x: (column + 0.5) * layer.scale.x,
          y: (row + 0.5) * layer.scale.y,
        });
        for (const [index, line] of lines.entries()) {
          const y = at.y + (index - (lines.length - 1) / 2) * lineHeight;
          context.strokeText(line, at.x, y);
          context.fillText(line, at.x, y);
        }
      }
    }
    context.restore();
  }
}

/** As much of a number as fits into a small square. */
const shortText = (value: number) => String(Number(value.toPrecision(4))).replace('-', '−');

function fieldOf(frame: Frame, layer: SceneLayer, viewport: Viewport): Field {
  const { x, y, width, height } = visibleArea(frame, viewport, layer);
  const range = (from: number, length: number) =>
    length <= 0
      ? []
      : Array.from(
          { length: Math.ceil(from + length) - Math.floor(from) },
          (_, index) => Math.floor(from) + index,
        );
  return { frame, layer, columns: range(x, width), rows: range(y, height) };
}
