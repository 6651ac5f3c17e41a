import type { MenuItemConstructorOptions } from 'electron';

/**
 * The system's menu bar. macOS needs one for quitting, copying and pasting; elsewhere the page brings every command
 * of its own and the system's editing keys work without.
 */
export function menuTemplate(platform: NodeJS.Platform): MenuItemConstructorOptions[] | null {
  if (platform !== 'darwin') return null;
  return [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }];
}
