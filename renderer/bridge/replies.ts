import type { z } from 'zod';
import { errorDataSchema, SidelightError } from '../../electron/contract/errors';

/** A checked answer of the shell. @throws SidelightError when the two ends do not speak the same language */
export function checkReply<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SidelightError(
    'request-invalid',
    'The answer of the application could not be understood.',
    'Reload the window; if it happens again, reinstall Sidelight: its parts do not fit together.',
  );
}

/** An error that crossed as data, or what can be said when it did not arrive whole. */
export function errorFromReply(value: unknown): SidelightError {
  const parsed = errorDataSchema.safeParse(value);
  return parsed.success ? SidelightError.fromData(parsed.data) : unreachable();
}

export const unreachable = () =>
  new SidelightError(
    'engine-unreachable',
    'Sidelight’s own process does not answer.',
    'Your document is kept in this window. Start Sidelight again if it was closed.',
  );
