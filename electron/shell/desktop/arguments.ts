import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The files named when the application was started. File managers of Linux name them by `file:` addresses.
 *
 * @param argv as Electron gives it: the executable, in a checkout the application's folder, then what was typed
 * @param isDefaultApp true in a checkout, where Electron runs the folder it was given
 */
export function namedFiles(argv: readonly string[], isDefaultApp: boolean, workingFolder: string): string[] {
  return argv
    .slice(1)
    .filter((argument) => !argument.startsWith('-'))
    .slice(isDefaultApp ? 1 : 0)
    .map((file) => path.resolve(workingFolder, /^file:/i.test(file) ? pathOf(file) : file));
}

function pathOf(address: string): string {
  try {
    return fileURLToPath(address);
  } catch {
    // On another host, or malformed: opening it will say that there is no such file.
    return address;
  }
}
