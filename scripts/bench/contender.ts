import { createInterface } from 'node:readline';

/**
 * One implementation in a process of its own: tells that it is ready, runs once for every line `run` it is sent, and
 * ends with the most memory it ever held. `bench.mjs` sends the lines, to one contender at a time.
 * @param threads it computes with, as far as it can tell
 */
export async function compete(threads: number, run: () => Promise<void>): Promise<void> {
  // Once unmeasured: compilers and caches warm up.
  await run();
  tell({ ready: true, threads });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== 'run') break;
    const start = performance.now();
    await run();
    tell({ milliseconds: performance.now() - start });
  }
  tell({ peakBytes: process.resourceUsage().maxRSS * 1024 });
  process.exit(0);
}

const tell = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);
