import type { ErrorData } from '../../electron/contract/errors';
import { useEngine } from '../bridge/engineStore';

/**
 * While there is no engine, one notice says so and offers to start it; whatever failed for that reason at the same
 * place need not say it again.
 */
export function useSaidByNotice(): (error: ErrorData) => boolean {
  const ready = useEngine((state) => state.connection === 'ready');
  return ({ code }) => !ready && code === 'engine-unreachable';
}
