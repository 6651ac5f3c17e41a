import { randomUUID } from 'node:crypto';
import { resolve as absolutePath } from 'node:path';
import type { HostMessage } from '../control';

/** The files clients may name to the engine, by ids that outlive any one engine process. */
export class Grants {
  private readonly paths = new Map<string, { path: string; message: HostMessage }>();
  private readonly readIds = new Map<string, string>();

  /** The same path keeps its id. */
  read(path: string): { id: string; message: HostMessage } {
    const whole = absolutePath(path);
    const fileId = this.readIds.get(whole) ?? randomUUID();
    this.readIds.set(whole, fileId);
    return this.keep(fileId, whole, { kind: 'grantRead', fileId, path: whole });
  }

  write(path: string): { id: string; message: HostMessage } {
    const writeId = randomUUID();
    const whole = absolutePath(path);
    return this.keep(writeId, whole, { kind: 'grantWrite', writeId, path: whole });
  }

  pathOf(id: string): string | null {
    return this.paths.get(id)?.path ?? null;
  }

  /** What a fresh engine must be told. */
  messages(): HostMessage[] {
    return [...this.paths.values()].map(({ message }) => message);
  }

  private keep(id: string, path: string, message: HostMessage): { id: string; message: HostMessage } {
    this.paths.set(id, { path, message });
    return { id, message };
  }
}
