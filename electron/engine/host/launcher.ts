/** How a process ended: `code` null when a signal or the platform ended it. */
export interface EngineExit {
  readonly code: number | null;
  readonly reason: string;
}

/** One running process made from the engine's entry, with a channel for control messages. */
export interface EngineProcess {
  readonly pid: number | null;
  /** Structured-cloneable messages; does nothing once the process is gone. `ports` only where they can be handed over. */
  send(message: unknown, ports?: readonly unknown[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also when the process could not be started. */
  onExit(listener: (exit: EngineExit) => void): void;
  /** At once, without asking. */
  kill(): void;
}

/** Starts one more process from the engine's entry. A probe is a second, short-lived process of the same kind. */
export type EngineLauncher = (purpose: 'engine' | 'probe') => EngineProcess;
