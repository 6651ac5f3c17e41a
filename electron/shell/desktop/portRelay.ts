import type { CloseReason } from '../../contract/channel';

/** How long after a port has closed the reason for it may still arrive. */
const reasonDelayMilliseconds = 500;

/**
 * Joins the engine's port to the page's, and adds what a port cannot tell: why it ended. Returns the function that is told the reason.
 */
export function relayPort(engine: MessagePort, page: MessagePort): (reason: CloseReason) => void {
  let ended = false;
  const end = (reason: CloseReason) => {
    if (ended) return;
    ended = true;
    page.postMessage({ type: 'closed', reason });
    page.close();
    engine.close();
  };
  engine.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof Uint8Array && !ended) page.postMessage(data, [data.buffer]);
  });
  page.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    // Copied: buffers cannot be transferred to another process.
    if (data instanceof Uint8Array && !ended) engine.postMessage(data);
  });
  engine.addEventListener('close', () => setTimeout(end, reasonDelayMilliseconds, 'lost'));
  page.addEventListener('close', () => {
    ended = true;
    engine.close();
  });
  engine.start();
  page.start();
  return end;
}
