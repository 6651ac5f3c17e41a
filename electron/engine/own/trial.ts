import { SidelightError } from '../../contract/errors';
import type { TrialOutcome } from '../control';
import type { OpenWholeModel } from '../providers/wholeModel';
import { inspectModel } from './inspectModel';

/** `inspectModel` with its errors as data. */
export async function tryModelFile(path: string, open: OpenWholeModel): Promise<TrialOutcome> {
  try {
    return { state: 'fit', network: await inspectModel(path, open) };
  } catch (thrown) {
    return { state: 'unsuited', problem: SidelightError.from(thrown).toData() };
  }
}
