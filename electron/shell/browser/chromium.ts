import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

type Environment = Partial<Record<string, string>>;

/** Chromium and its family, the plainest first, where each platform keeps them. */
export function chromiumCandidates(
  platform: NodeJS.Platform,
  environment: Environment,
  home: string,
): string[] {
  if (platform === 'win32') {
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap(
      (name) => environment[name] ?? [],
    );
    const programs = [
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Chromium', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
      ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
    ];
    return programs.flatMap((program) => roots.map((root) => path.win32.join(root, ...program)));
  }
  if (platform === 'darwin') {
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];
    return names.flatMap((name) =>
      ['/Applications', path.posix.join(home, 'Applications')].map((folder) =>
        path.posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name),
      ),
    );
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
    'brave-browser',
  ];
  // A snap sees neither temporary files nor our profile folder.
  const folders = (environment.PATH ?? '')
    .split(':')
    .filter((folder) => folder !== '' && folder !== '/snap/bin');
  return names.flatMap((name) => folders.map((folder) => path.posix.join(folder, name)));
}

/** The executable of a Chromium-family browser on this machine; null when there is none. */
export function findChromium(): string | null {
  const candidates = chromiumCandidates(process.platform, process.env, homedir());
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
