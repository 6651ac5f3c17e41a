import { create } from 'zustand';
import type { EngineApi, PixelReading } from '../../electron/contract/engine';
import { useDocument } from '../document/documentStore';
import { boundDocument } from '../document/work';
import { paneAt } from './gestures';
import { type Point, toPicture } from './viewport';
import { useViewport } from './viewportStore';

/** What lies under the pointer. */
interface Probe {
  /** Picture pixel under the pointer; null when it is beside the picture. */
  readonly at: Point | null;
  /** Values there; those of the pixel before stay until the new ones have come. */
  readonly reading: PixelReading | null;
}

export const useProbe = create<Probe>(() => ({ at: null, reading: null }));

/** Reads the pixel under the pointer: one question at a time, the newest place next, stale answers dropped. */
export class PixelProbe {
  private asking = false;
  private wanted: Point | null = null;

  constructor(private readonly engine: Pick<EngineApi, 'readPixel'>) {}

  point(at: Point | null): void {
    const pixel = at && pixelAt(at);
    const before = useProbe.getState().at;
    if (pixel?.x === before?.x && pixel?.y === before?.y) return;
    useProbe.setState(pixel ? { at: pixel } : { at: null, reading: null });
    this.wanted = pixel;
    void this.ask();
  }

  /** The document changed under a pointer that rests. */
  refresh(): void {
    this.wanted = useProbe.getState().at;
    void this.ask();
  }

  private async ask(): Promise<void> {
    if (this.asking || !this.wanted) return;
    this.asking = true;
    const { x, y } = this.wanted;
    this.wanted = null;
    const { work, sources } = useDocument.getState();
    const reading = await this.engine
      .readPixel({ document: boundDocument(work, sources), x, y })
      .catch(() => null);
    this.asking = false;
    if (useProbe.getState().at) useProbe.setState({ reading });
    void this.ask();
  }
}

function pixelAt(point: Point): Point | null {
  const { viewport, picture } = useViewport.getState();
  if (!picture) return null;
  const { x, y } = toPicture(viewport, paneAt(point), point);
  const inside = x >= 0 && y >= 0 && x < picture.width && y < picture.height;
  return inside ? { x: Math.floor(x), y: Math.floor(y) } : null;
}
