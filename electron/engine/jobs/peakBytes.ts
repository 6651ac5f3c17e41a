import { readFileSync } from 'node:fs';

/**
 * The most memory that this process has held since it was started. On Linux `maxRSS` also counts what the process held that
 * started it, which is kept apart in `/proc` alone.
 */
export function peakBytes(): number {
  const kilobytes = process.platform === 'linux' ? highWaterMark() : process.resourceUsage().maxRSS;
  return 1024 * kilobytes;
}

function highWaterMark(): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes);
}
