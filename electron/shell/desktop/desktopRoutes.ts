import { z } from 'zod';
import { dialogRoutes, shellRoutes } from '../../contract/shellRoutes';

/** Everything the preload may ask: what the page sees, and the two steps behind its bridge. */
export const desktopRoutes = {
  ...shellRoutes,
  ...dialogRoutes,
  /** Paths of dropped files, which only the preload can know. */
  openPaths: { args: z.object({ paths: z.array(z.string().min(1).max(4096)).max(64) }) },
  connectEngine: { args: z.object({ nonce: z.string().min(16).max(64) }) },
} as const;
