import type { EngineApi, TileRequest } from '../../electron/contract/engine';
import { type ErrorData, SidelightError } from '../../electron/contract/errors';
import type { ShownLayer } from '../document/viewStore';
import { type Block, blockOf } from './blocks';
import type { Pyramid } from './pyramid';
import { type TilePlace, tileKey } from './tiles';

/** A tile the view would like to have. */
export interface Want {
  readonly layer: ShownLayer;
  readonly place: TilePlace;
  /** Counted over all pyramids. */
  readonly version: number;
  /** Where it goes when it has come. */
  readonly pyramid: Pyramid;
  readonly request: Omit<TileRequest, 'generation'>;
}

/** Tiles that were asked for together. */
export interface ArrivedBlock extends Block {
  /** Of the whole region, row by row. */
  readonly rgba: Uint8Array;
  readonly approximate: boolean;
}

interface Listener {
  /** Its tiles count as under way until this has put them in their places. */
  onBlock(block: ArrivedBlock): Promise<void>;
  /** Everything that was wished for has come. */
  onIdle(): void;
  onProblem(want: Want, error: ErrorData): void;
  /** Something was dropped unanswered: wish again for what is still needed. */
  onStale(): void;
}

/** How much is asked for at a time. */
export interface Asking {
  /** Up to so many tiles along each side are asked for as one. */
  readonly blockSide: number;
  /** Requests that are not yet answered. */
  readonly underWay: number;
}

/** So few that the newest wish is never far behind the ones already sent. */
export const fewAtATime: Asking = { blockSide: 1, underWay: 2 };

/** For what comes fast and is wanted whole: most of its time is travel, which must not be waited for part by part. */
export const manyAtATime: Asking = { blockSide: 2, underWay: 8 };

const keyOf = ({ layer, place, version }: Want) => `${layer} ${version} ${tileKey(place)}`;

/** Counted over all schedulers: to the engine the window is one client, and a new canvas must not seem older than the last. */
let generation = 0;

/** Asks the engine for what is wanted now, the first wishes first, a few at a time. */
export class TileScheduler {
  private wants: readonly Want[] = [];
  private asking = fewAtATime;
  private requests = 0;
  private readonly underWay = new Set<string>();

  constructor(
    private readonly engine: Pick<EngineApi, 'renderTile' | 'stopTiles'>,
    private readonly listener: Listener,
  ) {}

  /** Replaces all wishes; those under way are left to finish. */
  want(wants: readonly Want[], asking = fewAtATime): void {
    this.wants = wants;
    this.asking = asking;
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
    if (this.requests > 0) void this.engine.stopTiles({ generation }).catch(() => undefined);
  }

  private pump(): void {
    while (this.requests < this.asking.underWay) {
      const waiting = this.wants.filter((want) => !this.underWay.has(keyOf(want)));
      const [next] = waiting;
      if (!next) return;
      void this.ask(blockOf(next, waiting, this.asking.blockSide));
    }
  }

  private async ask(block: Block): Promise<void> {
    const [first] = block.wants;
    if (!first) return;
    const keys = new Set(block.wants.map(keyOf));
    for (const key of keys) this.underWay.add(key);
    this.requests += 1;
    const result = await this.engine
      .renderTile({ ...first.request, region: block.region, generation })
      .catch((thrown: unknown) => SidelightError.from(thrown));
    if (!(result instanceof SidelightError) && result.state === 'done')
      await this.listener.onBlock({ ...block, rgba: result.rgba, approximate: result.approximate });
    this.requests -= 1;
    for (const key of keys) this.underWay.delete(key);
    // What has been answered is no longer wanted; a stale one is wished for again by its listener.
    this.wants = this.wants.filter((want) => !keys.has(keyOf(want)));
    if (result instanceof SidelightError) this.fail(first, result);
    else if (result.state === 'stale') this.listener.onStale();
    else if (this.wants.length === 0) this.listener.onIdle();
    this.pump();
  }

  private fail(want: Want, error: SidelightError): void {
    // A run that the user stopped took this tile with it; nothing is wrong with the tile.
    if (error.code === 'cancelled') this.listener.onStale();
    else this.listener.onProblem(want, error.toData());
  }
}
