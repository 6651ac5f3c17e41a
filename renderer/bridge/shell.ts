import type { OpenChannel } from '../../electron/contract/connection';
import type { ShellApi } from '../../electron/contract/shell';
import { browserShell } from './browserShell';
import { desktopShell } from './desktopShell';

/** What this window runs in: the small interface both shells implement, and the way to the engine. */
export interface Bridge {
  readonly shell: ShellApi;
  readonly openChannel: OpenChannel;
  /** Whether exports can be placed with the system's own dialog; otherwise the user types a path. */
  readonly hasSaveDialog: boolean;
}

/** The one place that decides which shell it is, by what the page was given. */
export function connectShell(): Bridge {
  return window.sidelight ? desktopShell(window.sidelight) : browserShell(window.location);
}
