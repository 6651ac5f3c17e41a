import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs several implementations of the same work in turn: one repetition of each, again and again, so that whatever
 * else the machine does falls on all of them. Every contender is a process of its own.
 * @param {{ name: string, command: (threads: number) => string[] }[]} contenders the first one is ours; the others are
 *   told how many threads it has
 * @returns {Promise<{ name: string, threads: number, milliseconds: number, best: number,
 *   slow: number, peakBytes: number }[]>} the median, the best time and the one that 95 % of the runs do not exceed
 */
export async function race(contenders, repetitions) {
  const runners = [];
  for (const contender of contenders) runners.push(await start(contender, runners[0]?.threads ?? 0));
  for (let i = 0; i < repetitions; i += 1) {
    for (const runner of runners) runner.times.push((await runner.ask('run')).milliseconds);
  }
  const results = [];
  for (const { name, threads, times, ask } of runners) {
    const { peakBytes } = await ask('end');
    results.push({
      name,
      threads,
      milliseconds: median(times),
      best: Math.min(...times),
      slow: slowest(times),
      peakBytes,
    });
  }
  return results;
}

async function start({ name, command }, threadsOfFirst) {
  const [program, ...args] = command(threadsOfFirst);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended before it was done: ${[program, ...args].join(' ')}`);
    return JSON.parse(value);
  };
  const { threads } = await next();
  const ask = (request) => {
    child.stdin.write(`${request}\n`);
    return next();
  };
  return { name, threads, times: [], ask };
}

/** The time that 95 % of the runs do not exceed. */
function slowest(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(0.95 * sorted.length) - 1];
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
