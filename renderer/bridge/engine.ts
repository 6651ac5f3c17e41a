import { EngineConnection } from '../../electron/contract/connection';
import type { EngineApi } from '../../electron/contract/engine';
import type { ShellApi } from '../../electron/contract/shell';
import { type Bridge, connectShell } from './shell';

/** The window's one link to the application: made once, used by every room. */
export interface Links {
  readonly shell: ShellApi;
  readonly hasSaveDialog: boolean;
  readonly connection: EngineConnection;
  readonly engine: EngineApi;
}

function link({ shell, openChannel, hasSaveDialog }: Bridge): Links {
  const connection = new EngineConnection(openChannel);
  return { shell, hasSaveDialog, connection, engine: connection.engine };
}

let made: Links | null = null;

export function links(): Links {
  made ??= link(connectShell());
  return made;
}
