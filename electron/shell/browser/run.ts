import { nodeLauncher } from '../../engine/host/nodeLauncher';
import { createSupervisor, type SupervisorSettings } from '../../engine/host/supervisor';
import { findInstallation } from '../installation';
import { type AppWindow, openAppWindow } from './appWindow';
import { startBrowserShell } from './server';

export interface BrowserRun {
  /** 0 or none: any free one. */
  readonly port?: number;
  /** Paths to open at once. */
  readonly files?: readonly string[];
  /** Open a window where that is possible; its closing ends the run. */
  readonly open: boolean;
  readonly engine?: SupervisorSettings['options'];
  /** Lines for the terminal. */
  print(line: string): void;
}

/**
 * The browser shell as a program: engine, server, window. Ends, with all three gone, on Ctrl-C, on a signal, or when
 * its window is closed.
 *
 * @throws SidelightError when a file cannot be opened or the port is taken
 */
export async function runBrowserShell(run: BrowserRun): Promise<void> {
  const installation = findInstallation();
  const supervisor = createSupervisor({
    launch: nodeLauncher(installation.engineEntry, process.stderr),
    modelsFolder: installation.modelsFolder,
    ...(run.engine ? { options: run.engine } : {}),
  });
  const interrupted = signalled(['SIGINT', 'SIGTERM', 'SIGHUP']);
  let window: AppWindow | null = null;
  try {
    const shell = await startBrowserShell({
      supervisor,
      installation,
      ...(run.port === undefined ? {} : { port: run.port }),
      ...(run.files ? { files: run.files } : {}),
    });
    try {
      const opened = run.open ? openAppWindow(shell.url, shell.sessionFolder) : null;
      if (typeof opened === 'string')
        run.print(`No window was opened: ${opened}. Open this address in a browser:`);
      else window = opened;
      run.print(shell.url);
      await Promise.race([interrupted, ...(window ? [window.closed] : [])]);
    } finally {
      window?.close();
      await shell.close();
    }
  } finally {
    await supervisor.stop();
  }
}

function signalled(signals: readonly NodeJS.Signals[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve());
  });
}
