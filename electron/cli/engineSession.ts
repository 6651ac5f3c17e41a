import { tmpdir } from 'node:os';
import { EngineConnection, type Recovery } from '../contract/connection';
import type { DeviceChoice } from '../contract/devices';
import type { EngineApi } from '../contract/engine';
import { nodeLauncher } from '../engine/host/nodeLauncher';
import { createSupervisor, type Supervisor } from '../engine/host/supervisor';
import { FileAccess } from '../shell/fileAccess';
import type { Context } from './context';
import { Interruption } from './interruption';

/** A running engine for the length of one command. */
export interface EngineSession {
  readonly connection: EngineConnection;
  readonly engine: EngineApi;
  readonly supervisor: Supervisor;
  readonly files: FileAccess;
  readonly interruption: Interruption;
}

/** Starts the supervised engine, lets `use` work with it, and ends it whatever happens. */
export async function withEngine<T>(
  { installation, output }: Context,
  device: DeviceChoice,
  use: (session: EngineSession) => Promise<T>,
): Promise<T> {
  const supervisor = createSupervisor({
    launch: nodeLauncher(installation.engineEntry, process.stderr),
    modelsFolder: installation.modelsFolder,
    options: { device, logLevel: 'error' },
  });
  const interruption = new Interruption(
    () => supervisor.kill(),
    (sentence) => output.remark(sentence),
  );
  const connection = new EngineConnection(() => supervisor.openChannel());
  connection.onState((_, recovery) => {
    if (recovery && !interruption.signal.aborted) output.remark(describeRecovery(recovery));
  });
  connection.onEvent('warning', (warning) => output.remark(`${warning.message} ${warning.remedy}`));
  try {
    return await use({
      connection,
      engine: connection.engine,
      supervisor,
      interruption,
      files: new FileAccess(supervisor, tmpdir()),
    });
  } finally {
    connection.close();
    await supervisor.stop();
    interruption.release();
  }
}

function describeRecovery({ reason, retried }: Recovery): string {
  const what = reason === 'crashed' ? 'The engine crashed' : 'The engine ended';
  return retried
    ? `${what} and was started again; the work is tried once more on the CPU.`
    : `${what} and was started again.`;
}
