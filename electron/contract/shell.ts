import { z } from 'zod';

/** A file the user opened or named. The renderer knows it by its id; only shell and engine know where it is. */
export const openedFileSchema = z.object({
  fileId: z.string(),
  name: z.string(),
  /** Shown to the user and written into recipes; null when the browser handed over bytes without a path. */
  path: z.string().nullable(),
  bytes: z.int(),
});
export type OpenedFile = z.infer<typeof openedFileSchema>;

/** Where an export may be written; given by a dialog or by a path the user typed. */
export const exportPlaceSchema = z.object({ writeId: z.string(), path: z.string(), exists: z.boolean() });
export type ExportPlace = z.infer<typeof exportPlaceSchema>;

export const sampleSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  /** Who made it and on what terms. */
  citation: z.string(),
  guidance: z.string(),
  target: z.string(),
  thumbnail: z.string(),
});
export type Sample = z.infer<typeof sampleSchema>;

/** The small interface both shells implement. Every method rejects with a SidelightError. */
export interface ShellApi {
  readonly kind: 'desktop' | 'browser';
  /** Files named on the command line. */
  initialFiles(): Promise<OpenedFile[]>;
  /** Empty when the user cancelled. */
  chooseFiles(): Promise<OpenedFile[]>;
  /** One file that ends with one of these (no dot); null when the user cancelled. */
  chooseFile(extensions: readonly string[]): Promise<OpenedFile | null>;
  openDropped(files: readonly File[]): Promise<OpenedFile[]>;
  /** Files that come from outside while the window is there: a second start, the system's “Open with”. */
  onFilesOpened(listener: (files: Promise<OpenedFile[]>) => void): void;
  /** A path the user typed or a recipe names. */
  openPath(path: string): Promise<OpenedFile>;
  samples(): Promise<Sample[]>;
  openSample(sampleId: string): Promise<{ guidance: OpenedFile; target: OpenedFile }>;
  /** A dialog where the shell has one; null when the user cancelled or the shell has none. */
  chooseExportPlace(suggestedPath: string): Promise<ExportPlace | null>;
  nameExportPlace(path: string): Promise<ExportPlace>;
  /** A path to suggest for an export that belongs to this file. */
  suggestExportPath(fileId: string, extension: string): Promise<string>;
  /** Ends a run that does not listen; the shell starts a fresh engine. */
  killEngine(): Promise<void>;
}
