import { z } from 'zod';

export const compareModes = ['single', 'split', 'sides'] as const;
export type CompareMode = (typeof compareModes)[number];

export const themes = ['system', 'dark', 'light'] as const;
export type Theme = (typeof themes)[number];

/** Width of the panel of layers and steps, CSS pixels. */
export const panelWidths = { min: 264, max: 520, usual: 320 } as const;

/** What the window keeps of how the user likes it. Each setting stands alone: one that makes no sense costs only itself. */
const preferencesSchema = z.object({
  theme: z.enum(themes).catch('system'),
  compare: z.enum(compareModes).catch('split'),
  pixelGrid: z.boolean().catch(true),
  panelWidth: z.int().min(panelWidths.min).max(panelWidths.max).catch(panelWidths.usual),
});
export type Preferences = Readonly<z.infer<typeof preferencesSchema>>;

const place = 'sidelight.preferences';

/** What was kept, and what is usual where nothing was, or where it cannot be read. */
export function readPreferences(): Preferences {
  const stored = preferencesSchema.safeParse(readStored());
  return stored.success ? stored.data : preferencesSchema.parse({});
}

/** Does nothing where the browser keeps nothing for this page. */
export function keepPreferences(preferences: Preferences): void {
  try {
    // Only the settings themselves: the schema leaves everything else out.
    localStorage.setItem(place, JSON.stringify(preferencesSchema.parse(preferences)));
  } catch {
    // Full or forbidden: the window works as well without.
  }
}

function readStored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '{}');
  } catch {
    return {};
  }
}
