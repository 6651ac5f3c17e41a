import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type FileOperations, systemCode } from './files';

/** Process ids mean something on one machine only, and folders may be shared. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** Names its machine and process, so that what a killed process left behind can be told from work under way. */
export function temporaryName(): string {
  return `.sidelight-${machine}-${process.pid}-${randomUUID()}.part`;
}

const pattern = new RegExp(`^\\.sidelight-${machine}-([0-9]+)-[0-9a-f-]{36}\\.part$`);

/** Removes what processes of this machine that are gone left in a folder. Best effort: nothing depends on it. */
export async function sweepTemporaries(folder: string, operations: FileOperations): Promise<void> {
  const names = await operations.readdir(folder).catch(() => []);
  for (const name of names) {
    const owner = pattern.exec(name)?.[1];
    if (owner && isGone(Number(owner))) await operations.unlink(join(folder, name)).catch(() => undefined);
  }
}

function isGone(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return false;
  } catch (thrown) {
    return systemCode(thrown) === 'ESRCH';
  }
}
