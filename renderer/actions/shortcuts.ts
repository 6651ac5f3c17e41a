/** Keys as people write them: “Mod+Shift+Z”, “C”, “\”. Mod is ⌘ on a Mac and Ctrl elsewhere. Letters go by what they type. */
export interface Keys {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const isMac = globalThis.navigator?.platform?.startsWith('Mac') ?? false;

export function parseShortcut(shortcut: string): Keys {
  const parts = shortcut === '+' ? ['+'] : shortcut.split(/\+(?!$)/);
  const key = parts.at(-1) ?? '';
  const has = (name: string) => parts.slice(0, -1).includes(name);
  return { key: key.toLowerCase(), mod: has('Mod'), shift: has('Shift'), alt: has('Alt') };
}

export function matches(press: KeyPress, shortcut: string, mac = isMac): boolean {
  const keys = parseShortcut(shortcut);
  if (press.key.toLowerCase() !== keys.key) return false;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (mod !== keys.mod || other || press.altKey !== keys.alt) return false;
  // Signs need Shift on some keyboards and not on others: the sign itself decides.
  const isSign = keys.key.length === 1 && !/[a-z0-9]/.test(keys.key);
  return isSign || press.shiftKey === keys.shift;
}

const macNames: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Escape: 'esc' };
const names: Readonly<Record<string, string>> = { Mod: 'Ctrl', Escape: 'Esc' };

/** A shortcut as it is shown: “⌘⇧Z” on a Mac, “Ctrl+Shift+Z” elsewhere. */
export function shortcutLabel(shortcut: string, mac = isMac): string {
  const parts = shortcut === '+' ? ['+'] : shortcut.split(/\+(?!$)/);
  const shown = parts.map((part) => (mac ? macNames[part] : names[part]) ?? (part === '-' ? '−' : part));
  return shown.join(mac ? '' : '+');
}
