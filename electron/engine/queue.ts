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

  /**
   * Work that is stopped while it waits never begins, and its promise is rejected at once with the signal's reason. Work under way has to
   * stop itself: until then nothing else begins (which is why the queue's own signal will not do, as it lets the next one begin).
   */
  run<Result>(
    priority: keyof typeof priorities,
    work: () => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(signal?.reason);
      const begin = async (): Promise<void> => {
        signal?.removeEventListener('abort', stop);
        if (signal?.aborted) return;
        try {
          resolve(await work());
        } catch (thrown) {
          reject(thrown);
        }
      };
      if (signal?.aborted) stop();
      else {
        signal?.addEventListener('abort', stop, { once: true });
        void this.queue.add(begin, { priority: priorities[priority] });
      }
    });
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
