import type { EngineApi } from '../../electron/contract/engine';
import type { Size } from '../../electron/contract/geometry';
import type { Inspected } from '../document/inspecting';
import type { Scene, SceneIteration } from '../document/scene';
import { dropThumbnail, keepThumbnail } from './thumbnails';
import { baseLevel, tileRegion } from './tiles';

/** The name of an iteration's thumbnail. */
export const iterationName = ({ step, iteration }: Inspected) => `${step} ${iteration}`;

/** Thumbnails need no more than this. */
const longestSide = 128;

/**
 * Draws the thumbnails of iterations, one at a time, while the engine has nothing better to do: what they need was
 * computed on the way to the result, if it is kept.
 */
export class IterationStrip {
  /** Which picture each thumbnail shows. */
  private readonly drawn = new Map<string, string>();
  private scene: Scene | null = null;
  private asking = false;

  constructor(
    private readonly engine: Pick<EngineApi, 'renderTile'>,
    /** An answer has come or was not worth waiting for: the moment to ask again. */
    private readonly onAnswer: () => void,
  ) {}

  /** @param idle whether what is on the screen has been drawn */
  update(scene: Scene | null, idle: boolean, generation: number): void {
    if (scene !== this.scene) this.follow(scene);
    const next = scene?.iterations.find(({ at, key }) => this.drawn.get(iterationName(at)) !== key);
    if (next && scene && idle && !this.asking) void this.ask(next, scene.size, generation);
  }

  private follow(scene: Scene | null): void {
    this.scene = scene;
    const names = new Set(scene?.iterations.map(({ at }) => iterationName(at)));
    for (const name of this.drawn.keys()) {
      if (names.has(name)) continue;
      this.drawn.delete(name);
      dropThumbnail(name);
    }
  }

  private async ask({ at, key, document, display }: SceneIteration, size: Size, generation: number) {
    this.asking = true;
    const place = { level: baseLevel(size, longestSide), column: 0, row: 0 };
    const region = tileRegion(place, size, longestSide);
    const request = { document, display, layer: 'result', level: place.level, region, generation } as const;
    const answer = await this.engine.renderTile(request).catch(() => null);
    // What failed is not asked for again: the canvas says what is wrong.
    if (answer?.state !== 'stale') this.drawn.set(iterationName(at), key);
    if (answer?.state === 'done') {
      const image = new ImageData(new Uint8ClampedArray(answer.rgba), region.width, region.height);
      await keepThumbnail(iterationName(at), await createImageBitmap(image));
    }
    this.asking = false;
    this.onAnswer();
  }
}
