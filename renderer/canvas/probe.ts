import { create } from 'zustand';
import type { EngineApi, PixelReading } from '../../electron/contract/engine';
import { useDocument } from '../document/documentStore';
import { viewedDocument } from '../document/inspecting';
import { paneAt } from './gestures';
import { type Point, toPicture } from './viewport';
import { useViewport } from './viewportStore';

/** What lies under the pointer. */
interface Probe {
  /** Picture pixel under the pointer; null when it is beside the picture. */
  readonly at: Point | null;
  /** Values, and the pixel they belong to: while the pointer moves the one before stays, values and place together. */
  readonly read: { readonly at: Point; readonly reading: PixelReading | null } | null;
}

export const useProbe = create<Probe>(() => ({ at: null, read: null }));

/** The engine may be busy with a tile: after this long the pixel before is too old to be shown. */
const staleMilliseconds = 150;

/** Reads the pixel under the pointer: one question at a time, the newest place next, stale answers dropped. */
export class PixelProbe {
  private asking = false;
  /** Where the pointer rests on the canvas; null beside it. */
  private pointer: Point | null = null;
  private wanted: Point | null = null;
  private staleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly engine: Pick<EngineApi, 'readPixel'>) {}

  point(at: Point | null): void {
    this.pointer = at;
    this.follow();
  }

  /** A picture came, went or moved under the pointer. */
  follow(): void {
    const pixel = this.pointer && pixelAt(this.pointer);
    if (isSame(pixel, useProbe.getState().at)) return;
    useProbe.setState(pixel ? { at: pixel } : { at: null, read: null });
    this.expire();
    this.wanted = pixel;
    void this.ask();
  }

  /** Another picture is in the result's place: what was read of the one before goes at once. */
  restart(): void {
    useProbe.setState({ read: null });
    this.refresh();
  }

  /** The document changed under a pointer that rests. */
  refresh(): void {
    this.wanted = useProbe.getState().at;
    void this.ask();
  }

  private async ask(): Promise<void> {
    if (this.asking || !this.wanted) return;
    this.asking = true;
    const at = this.wanted;
    this.wanted = null;
    const { work } = useDocument.getState();
    const reading = await this.engine
      .readPixel({ document: viewedDocument(), x: at.x, y: at.y })
      .catch(() => null);
    this.asking = false;
    const { at: here } = useProbe.getState();
    // What another document has there is not what is seen: it is asked for anew.
    if (useDocument.getState().work !== work) this.wanted ??= here;
    else if (here) useProbe.setState({ read: { at, reading } });
    this.expire();
    void this.ask();
  }

  /** Values of a pixel that the pointer has left go when those of the new one take long. */
  private expire(): void {
    clearTimeout(this.staleTimer);
    this.staleTimer = setTimeout(() => {
      const { at, read } = useProbe.getState();
      if (read && !isSame(read.at, at)) useProbe.setState({ read: null });
    }, staleMilliseconds);
  }
}

const isSame = (a: Point | null, b: Point | null) => a?.x === b?.x && a?.y === b?.y;

function pixelAt(point: Point): Point | null {
  const { viewport, picture } = useViewport.getState();
  if (!picture) return null;
  const { x, y } = toPicture(viewport, paneAt(point), point);
  const inside = x >= 0 && y >= 0 && x < picture.width && y < picture.height;
  return inside ? { x: Math.floor(x), y: Math.floor(y) } : null;
}
