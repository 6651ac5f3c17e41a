import { z } from 'zod';

/** The SHA-256 of a file's bytes in hexadecimal: what a file that the user brought for a step is known by. */
export const fingerprintSchema = z.string().regex(/^[0-9a-f]{64}$/);
