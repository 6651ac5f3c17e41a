import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The user's Pictures folder, else Documents, else home: where an export goes that has no other place. */
export function defaultExportFolder(home = homedir()): string {
  const named = namedByDesktop(home);
  const candidates = [
    ...(named.PICTURES ? [named.PICTURES] : []),
    path.join(home, 'Pictures'),
    ...(named.DOCUMENTS ? [named.DOCUMENTS] : []),
    path.join(home, 'Documents'),
  ];
  return candidates.find((folder) => existsSync(folder)) ?? home;
}

/** Freedesktop's user-dirs.dirs, where Linux desktops keep translated folder names; empty elsewhere. */
function namedByDesktop(home: string): Partial<Record<string, string>> {
  let text: string;
  try {
    text = readFileSync(path.join(home, '.config', 'user-dirs.dirs'), 'utf8');
  } catch {
    return {};
  }
  const lines = text.matchAll(/^XDG_([A-Z]+)_DIR="(?:\$HOME\/)?([^"]+)"$/gm);
  return Object.fromEntries([...lines].map(([, name, folder]) => [name, path.resolve(home, folder ?? '')]));
}
