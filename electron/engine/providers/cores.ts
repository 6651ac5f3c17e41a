import { readFileSync } from 'node:fs';
import { arch, availableParallelism } from 'node:os';

/** Physical cores this process may use: a second thread on a core slows networks down instead of helping. */
export function physicalCores(): number {
  const logical = availableParallelism();
  return Math.max(1, Math.min(logical, coresOfLinux() ?? coresBySpecies(logical)));
}

/** Distinct pairs of package and core; null elsewhere than on Linux, or where the kernel does not tell. */
function coresOfLinux(): number | null {
  try {
    const cores = new Set<string>();
    for (const processor of readFileSync('/proc/cpuinfo', 'utf8').split('\n\n')) {
      const core = /^core id\s*:\s*(\d+)/m.exec(processor)?.[1];
      const socket = /^physical id\s*:\s*(\d+)/m.exec(processor)?.[1];
      if (core !== undefined) cores.add(`${socket}/${core}`);
    }
    return cores.size > 0 ? cores.size : null;
  } catch {
    return null;
  }
}

/** x64 computers mostly have two threads a core, arm64 ones have one. */
const coresBySpecies = (logical: number) => (arch() === 'x64' ? Math.ceil(logical / 2) : logical);
