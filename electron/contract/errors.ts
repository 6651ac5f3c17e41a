import { z } from 'zod';

/**
 * Everything that can go wrong and that a user can do something about. Errors are data: code decides by `code`,
 * people read `message` (what happened) and `remedy` (what to do).
 */
export const errorCodes = [
  'file-not-found',
  'file-not-readable',
  'file-not-permitted',
  'file-exists',
  'file-not-writable',
  'disk-full',
  'output-is-input',
  'format-unknown',
  'format-unsupported',
  'image-damaged',
  'image-too-large',
  'image-empty',
  'target-all-unknown',
  'classes-too-many',
  'target-missing',
  'guidance-missing',
  'target-larger-than-guidance',
  'aspect-mismatch',
  'parameter-invalid',
  'recipe-invalid',
  'filter-unknown',
  'model-missing',
  'model-damaged',
  'model-manifest-invalid',
  'own-model-missing',
  'own-model-unsuited',
  'own-model-failed',
  'own-photograph-missing',
  'own-photograph-unsuited',
  'device-unavailable',
  'device-wrong-result',
  'device-failed',
  'memory-exhausted',
  'engine-crashed',
  'engine-unreachable',
  'cancelled',
  'request-invalid',
  'usage',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export const errorDataSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  remedy: z.string(),
  /** Facts behind the message (a path, two sizes), for logs and for the interface's own wording. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

export type ErrorData = z.infer<typeof errorDataSchema>;

export class SidelightError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly details: ErrorData['details'];

  constructor(
    code: ErrorCode,
    message: string,
    remedy: string,
    details?: ErrorData['details'],
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SidelightError';
    this.code = code;
    this.remedy = remedy;
    this.details = details;
  }

  toData(): ErrorData {
    const data: ErrorData = { code: this.code, message: this.message, remedy: this.remedy };
    if (this.details) data.details = this.details;
    return data;
  }

  static fromData(data: ErrorData): SidelightError {
    return new SidelightError(data.code, data.message, data.remedy, data.details);
  }

  /** Any thrown value as a SidelightError; what nobody foresaw becomes `internal` and keeps its cause. */
  static from(thrown: unknown): SidelightError {
    if (thrown instanceof SidelightError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new SidelightError(
      'internal',
      `Something failed inside Sidelight: ${message}`,
      'Your files are untouched. Try again; if it happens again, report it with this message.',
      undefined,
      thrown,
    );
  }
}

/** What work ends with that the user stopped. */
export const cancelled = () =>
  new SidelightError(
    'cancelled',
    'The run was stopped.',
    'Nothing was written; start it again when you like.',
  );
