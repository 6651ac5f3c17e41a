import PQueue from 'p-queue';
import { cancelled } from '../contract/errors';

/** Who waits: the visible picture comes before files. */
const priorities = { visible: 1, export: 0 } as const;

/**
 * One thing at a time, because a network blocks the thread anyway. An export enters each of its tiles by itself, so
 * that what the user looks at gets in between.
 */
export class WorkQueue {
  private readonly queue = new PQueue({ concurrency: 1 });

  run<Result>(priority: keyof typeof priorities, work: () => Promise<Result>): Promise<Result> {
    return this.queue.add(work, { priority: priorities[priority] });
  }
}

/** A client's requests for tiles: as soon as it asks for something newer, all older ones are stopped. */
export class Generations {
  private newest = 0;
  private readonly underWay = new Map<AbortController, number>();

  /** The signal of a request of this generation; `end` when it is done. */
  begin(generation: number): { signal: AbortSignal; end: () => void } {
    const controller = new AbortController();
    this.underWay.set(controller, generation);
    this.newest = Math.max(this.newest, generation);
    this.stopOlderThan(this.newest);
    return { signal: controller.signal, end: () => void this.underWay.delete(controller) };
  }

  stopAll(): void {
    this.stopOlderThan(Number.POSITIVE_INFINITY);
  }

  private stopOlderThan(generation: number): void {
    for (const [controller, own] of this.underWay) if (own < generation) controller.abort(cancelled());
  }
}
