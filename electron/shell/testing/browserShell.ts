import { afterEach, beforeEach } from 'vitest';
import { type BrowserShell, startBrowserShell } from '../browser/server';
import { StandInSupervisor } from './standInSupervisor';
import { createTemporaryInstallation, type TemporaryInstallation } from './temporaryInstallation';
import { Wire } from './wire';

/** What the running test has: see `withBrowserShell`. */
export let temporary: TemporaryInstallation;
export let supervisor: StandInSupervisor;
export let shell: BrowserShell;
export let wire: Wire;

/** Gives every test of a file a browser shell of its own, on an installation of its own, and closes it afterwards. */
export function withBrowserShell(): void {
  beforeEach(async () => {
    temporary = await createTemporaryInstallation();
    supervisor = new StandInSupervisor();
    await start();
  });
  afterEach(async () => {
    await shell.close();
    await temporary.remove();
  });
}

/** In the place of one that the test has closed. Uploads may have 1,000 bytes. */
export async function start(files: string[] = []): Promise<void> {
  const { installation } = temporary;
  shell = await startBrowserShell({ supervisor, installation, files, maximumUploadBytes: 1000 });
  wire = new Wire(shell);
}
