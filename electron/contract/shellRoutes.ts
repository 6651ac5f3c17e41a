import { z } from 'zod';
import { errorDataSchema } from './errors';
import { exportPlaceSchema, openedFileSchema, sampleSchema } from './shell';

const nothing = z.object({});

/**
 * The one list of what both shells answer, over HTTP (`POST api/<method>`) and over Electron's IPC alike. Arguments
 * are validated in the shell, results in the renderer.
 */
export const shellRoutes = {
  initialFiles: { args: nothing, result: z.array(openedFileSchema) },
  openPath: { args: z.object({ path: z.string().min(1).max(4096) }), result: openedFileSchema },
  /** `thumbnail` is an address relative to the page. */
  samples: { args: nothing, result: z.array(sampleSchema) },
  openSample: {
    args: z.object({ sampleId: z.string() }),
    result: z.object({ guidance: openedFileSchema, target: openedFileSchema }),
  },
  nameExportPlace: { args: z.object({ path: z.string().min(1).max(4096) }), result: exportPlaceSchema },
  suggestExportPath: {
    args: z.object({ fileId: z.string(), extension: z.string().regex(/^[a-z0-9]{1,8}$/) }),
    result: z.string(),
  },
  killEngine: { args: nothing, result: nothing },
} as const;

/** What only a shell with native dialogs answers. */
export const dialogRoutes = {
  chooseFiles: { args: nothing, result: z.array(openedFileSchema) },
  chooseFile: {
    args: z.object({
      extensions: z
        .array(z.string().regex(/^[a-z0-9]{1,8}$/))
        .min(1)
        .max(16),
    }),
    result: openedFileSchema.nullable(),
  },
  chooseExportPlace: {
    args: z.object({ suggestedPath: z.string().max(4096) }),
    result: exportPlaceSchema.nullable(),
  },
} as const;

type Routes = Record<string, { args: z.ZodType; result: z.ZodType }>;

/** A table of routes as the functions that answer it. */
export type RouteHandlers<R extends Routes> = {
  [M in keyof R]: (args: z.infer<R[M]['args']>) => Promise<z.infer<R[M]['result']>>;
};

/** Addresses of the browser shell, relative to the page. */
export const shellAddresses = {
  /** `POST api/<method>`, JSON in and out. Anything but 200 carries an ErrorData. */
  api: 'api/',
  /** `POST upload?name=photo.png` with the file's bytes as the body; answers with an OpenedFile. */
  upload: 'upload',
  /** WebSocket: whole engine messages, binary. */
  engine: 'engine',
} as const;

/** How the browser shell's WebSocket says why the engine's channel ended; any other code means `lost`. */
export const engineCloseCodes = { crashed: 4001, stopped: 4002 } as const;

/** How Electron's IPC answers: errors cross as data, because a rejection keeps only its text. */
export const shellReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorDataSchema }),
]);
export type ShellReply = z.infer<typeof shellReplySchema>;
