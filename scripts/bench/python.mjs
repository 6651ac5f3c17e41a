import { spawnSync } from 'node:child_process';

const interpreters = [process.env.PYTHON, 'python3', '/usr/bin/python3'];

/** The first Python that can run this import statement; null when there is none. */
export function pythonWith(statement) {
  const found = interpreters.find(
    (python) => python && spawnSync(python, ['-c', statement], { stdio: 'ignore' }).status === 0,
  );
  return found ?? null;
}
