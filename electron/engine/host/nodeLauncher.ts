import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import type { EngineExit, EngineLauncher } from './launcher';

/**
 * Launches the engine as a child of plain Node, with an IPC pipe that carries typed arrays as they are.
 * @param entry path of the built entry, dist/electron/engine.mjs
 * @param log where the engine's log lines go; 'ignore' drops them
 */
export function nodeLauncher(entry: string, log: Writable | 'ignore'): EngineLauncher {
  return (purpose) => {
    // Drivers that are tried write what they like.
    const silent = log === 'ignore' || purpose === 'probe';
    const child = spawn(process.execPath, [entry], {
      stdio: ['ignore', 'ignore', silent ? 'ignore' : 'pipe', 'ipc'],
      serialization: 'advanced',
      windowsHide: true,
    });
    if (log !== 'ignore' && !silent) child.stderr?.pipe(log, { end: false });
    const ended = new Promise<EngineExit>((resolve) => {
      child.once('exit', (code, signal) =>
        resolve({ code, reason: signal ? `ended by ${signal}` : `exit code ${code}` }),
      );
      child.once('error', (error) => resolve({ code: null, reason: error.message }));
    });
    return {
      pid: child.pid ?? null,
      send(message) {
        // The callback takes the error of a pipe that closes in the middle; `exit` tells the rest.
        if (child.connected) child.send(message as object, () => undefined);
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void ended.then(listener),
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
