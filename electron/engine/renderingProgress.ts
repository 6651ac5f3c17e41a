import type { EngineEventData } from '../contract/engine';

/** What comes sooner than this needs no announcement. */
const noticeableMilliseconds = 400;
const pauseMilliseconds = 100;

/** Tells how far a tile is that takes long, not more often than a person can read. */
export function renderingProgress(
  generation: number,
  tell: (progress: EngineEventData<'rendering'>) => void,
  now = () => performance.now(),
): (done: number) => void {
  const start = now();
  let next = start + noticeableMilliseconds;
  return (done) => {
    const time = now();
    if (time < next || done <= 0 || done >= 1) return;
    next = time + pauseMilliseconds;
    tell({ generation, done, remainingMilliseconds: ((time - start) * (1 - done)) / done });
  };
}
