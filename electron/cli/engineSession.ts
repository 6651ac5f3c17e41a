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
  context: Context,
  device: DeviceChoice,
  use: (session: EngineSession) => Promise<T>,
): Promise<T> {
  const supervisor = supervisorOf(context, device, context.installation.modelsFolder);
  const interruption = new Interruption(
    () => supervisor.kill(),
    (sentence) => context.output.remark(sentence),
  );
  const connection = connect(supervisor, context, interruption.signal);
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

/** A second engine beside the session's, with the models of another folder. It ends with `use`, or with the process. */
export async function withModels<T>(
  context: Context,
  device: DeviceChoice,
  modelsFolder: string,
  signal: AbortSignal,
  use: (engine: EngineApi, supervisor: Supervisor) => Promise<T>,
): Promise<T> {
  const supervisor = supervisorOf(context, device, modelsFolder);
  const connection = connect(supervisor, context, signal);
  try {
    return await use(connection.engine, supervisor);
  } finally {
    connection.close();
    await supervisor.stop();
  }
}

const supervisorOf = ({ installation }: Context, device: DeviceChoice, modelsFolder: string): Supervisor =>
  createSupervisor({
    launch: nodeLauncher(installation.engineEntry, process.stderr),
    modelsFolder,
    options: { device, logLevel: 'error' },
  });

/** Remarks what the engine warns of, and that it was started again unless it was ended on purpose. */
function connect(supervisor: Supervisor, { output }: Context, ended: AbortSignal): EngineConnection {
  const connection = new EngineConnection(() => supervisor.openChannel());
  connection.onState((_, recovery) => {
    if (recovery && !ended.aborted) output.remark(describeRecovery(recovery));
  });
  connection.onEvent('warning', (warning) => output.remark(`${warning.message} ${warning.remedy}`));
  return connection;
}

function describeRecovery({ reason, retried }: Recovery): string {
  const what = reason === 'crashed' ? 'The engine crashed' : 'The engine ended';
  return retried
    ? `${what} and was started again; the work is tried once more on the CPU.`
    : `${what} and was started again.`;
}
