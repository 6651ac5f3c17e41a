import type { MessagePortMain, UtilityProcess, utilityProcess } from 'electron';
import type { EngineExit, EngineLauncher } from '../../engine/host/launcher';

type Fork = (typeof utilityProcess)['fork'];

/**
 * Launches the engine as one of Electron's utility processes.
 *
 * @param entry path of the built entry, dist/electron/engine.mjs
 * @param log takes what the engine prints
 */
export function utilityLauncher(fork: Fork, entry: string, log: (line: string) => void): EngineLauncher {
  return (purpose) => {
    const child = fork(entry, [], {
      serviceName: `Sidelight ${purpose}`,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // Told when V8 gives up, before the exit; with nobody listening it would be thrown, here, at the whole application.
    child.on('error', (type, location) => log(`${type} in the ${purpose} process: ${location}`));
    child.stderr?.on('data', (text: Buffer) => log(text.toString('utf8').trimEnd()));
    const ended = new Promise<EngineExit>((resolve) => {
      child.once('exit', (code) => resolve({ code, reason: `exit code ${code}` }));
    });
    return {
      get pid() {
        return child.pid ?? null;
      },
      send: (message, ports) => child.postMessage(message, ports as MessagePortMain[] | undefined),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void ended.then(listener),
      kill: () => killAtOnce(child),
    };
  };
}

/** Electron's own `kill` asks politely, which a process inside a long native call does not hear. */
function killAtOnce(child: Pick<UtilityProcess, 'pid' | 'kill'>): void {
  if (child.pid === undefined) {
    child.kill();
    return;
  }
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // Gone already: its exit is being told.
  }
}
