import type { EngineApi, TileRequest } from '../../electron/contract/engine';
import { type ErrorData, SidelightError } from '../../electron/contract/errors';
import type { ShownLayer } from '../document/viewStore';
import { type TilePlace, tileKey } from './tiles';

/** A tile the view would like to have. */
export interface Want {
  readonly layer: ShownLayer;
  readonly place: TilePlace;
  readonly version: number;
  readonly request: Omit<TileRequest, 'generation'>;
}

export interface ArrivedTile {
  readonly want: Want;
  readonly rgba: Uint8Array;
  readonly approximate: boolean;
}

interface Listener {
  /**
   * The tile counts as under way until this has put it in its place.
   * @param isLast tells whether, by then, nothing else is wished for
   */
  onTile(tile: ArrivedTile, isLast: () => boolean): Promise<void>;
  onProblem(want: Want, error: ErrorData): void;
  /** Something was dropped unanswered: wish again for what is still needed. */
  onStale(): void;
}

/** So few that the newest wish is never far behind the ones already sent. */
const mostUnderWay = 2;

const keyOf = ({ layer, place, version }: Want) => `${layer} ${version} ${tileKey(place)}`;

/** Counted over all schedulers: to the engine the window is one client, and a new canvas must not seem older than the last. */
let generation = 0;

/** Asks the engine for what is wanted now, the first wishes first, a few at a time. */
export class TileScheduler {
  private wants: readonly Want[] = [];
  private readonly underWay = new Set<string>();

  constructor(
    private readonly engine: Pick<EngineApi, 'renderTile' | 'stopTiles'>,
    private readonly listener: Listener,
  ) {}

  /** Replaces all wishes; those under way are left to finish. */
  want(wants: readonly Want[]): void {
    this.wants = wants;
    this.pump();
  }

  /** Requests beside the wishes carry it too, so that they neither stop those nor outlive them. */
  get currentGeneration(): number {
    return generation;
  }

  /** The document changed, or nobody waits any more: the engine drops what it has not begun, and stops what it has. */
  advance(): void {
    generation += 1;
    // Otherwise it would hear of it with the next wish, which may have to wait for those under way.
    if (this.underWay.size > 0) void this.engine.stopTiles({ generation }).catch(() => undefined);
  }

  private pump(): void {
    while (this.underWay.size < mostUnderWay) {
      const next = this.wants.find((want) => !this.underWay.has(keyOf(want)));
      if (!next) return;
      void this.ask(next);
    }
  }

  private async ask(want: Want): Promise<void> {
    const key = keyOf(want);
    this.underWay.add(key);
    const result = await this.engine
      .renderTile({ ...want.request, generation })
      .catch((thrown: unknown) => SidelightError.from(thrown));
    if (!(result instanceof SidelightError) && result.state === 'done')
      await this.listener.onTile({ want, rgba: result.rgba, approximate: result.approximate }, () =>
        this.wants.every((other) => keyOf(other) === key),
      );
    this.underWay.delete(key);
    this.drop(key);
    if (result instanceof SidelightError) this.fail(want, result);
    else if (result.state === 'stale') this.listener.onStale();
    this.pump();
  }

  private fail(want: Want, error: SidelightError): void {
    // A run that the user stopped took this tile with it; nothing is wrong with the tile.
    if (error.code === 'cancelled') this.listener.onStale();
    else this.listener.onProblem(want, error.toData());
  }

  /** What has been answered is no longer wanted; a stale one is wished for again by its listener. */
  private drop(key: string): void {
    this.wants = this.wants.filter((want) => keyOf(want) !== key);
  }
}
