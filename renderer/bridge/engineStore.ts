import { create } from 'zustand';
import type { ConnectionState, Recovery } from '../../electron/contract/connection';
import type { DeviceChoice, DeviceReport } from '../../electron/contract/devices';
import type { EngineDescription, EngineEventData } from '../../electron/contract/engine';
import { type ErrorData, SidelightError } from '../../electron/contract/errors';
import { links } from './engine';

/** What the window knows of its engine. */
export interface EngineState {
  connection: ConnectionState;
  description: EngineDescription | null;
  devices: DeviceReport | null;
  memory: EngineEventData<'memory'> | null;
  /** How often the user started the engine again after it had been given up. */
  restarts: number;
  /** The last recovery, until the user has read it. */
  recovery: Recovery | null;
  /** The last failure that belongs to no file and no step. */
  problem: ErrorData | null;
}

export const useEngine = create<EngineState>(() => ({
  connection: 'connecting',
  description: null,
  devices: null,
  memory: null,
  restarts: 0,
  recovery: null,
  problem: null,
}));

const report = (thrown: unknown) => useEngine.setState({ problem: SidelightError.from(thrown).toData() });

/** Listens to the engine for as long as the window lives. */
export function followEngine(): void {
  const { connection, engine } = links();
  let gaveUp = false;
  connection.onState((state, recovery) => {
    useEngine.setState(recovery ? { connection: state, recovery } : { connection: state });
    if (state === 'closed') gaveUp = true;
    if (state !== 'ready') return;
    void learn();
    if (gaveUp) useEngine.setState(({ restarts }) => ({ restarts: restarts + 1, problem: null }));
    gaveUp = false;
  });
  connection.onEvent('devicesChanged', (devices) => useEngine.setState({ devices }));
  connection.onEvent('memory', (memory) => useEngine.setState({ memory }));
  connection.onEvent('warning', (problem) => useEngine.setState({ problem }));

  async function learn() {
    try {
      const [description, devices] = await Promise.all([
        engine.describe({}),
        engine.devices({ probe: false }),
      ]);
      useEngine.setState({ description, devices });
      useEngine.setState({ devices: await engine.devices({ probe: true }) });
    } catch (thrown) {
      report(thrown);
    }
  }
}

export async function chooseDevice(device: DeviceChoice): Promise<void> {
  try {
    useEngine.setState({ devices: await links().engine.chooseDevice({ device }), problem: null });
  } catch (thrown) {
    report(thrown);
  }
}

/** After it could not be started: tries once more. */
export function startEngineAgain(): void {
  dismissProblem();
  links().connection.reopen();
}

export const dismissRecovery = () => useEngine.setState({ recovery: null });
export const dismissProblem = () => useEngine.setState({ problem: null });
