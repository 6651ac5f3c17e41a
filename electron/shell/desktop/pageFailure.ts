import type { BrowserWindow, Dialog } from 'electron';

/**
 * A page whose process died leaves an empty window. Asks what to do rather than loading it again by itself, which
 * would go round in circles where the page dies of what it loads.
 */
export function followPageFailure(
  window: BrowserWindow,
  dialog: Pick<Dialog, 'showMessageBox'>,
  quit: () => void,
): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: 'Sidelight’s window stopped working.',
        detail: `Your files are untouched; what was set up in the window is lost (${reason}).`,
        buttons: ['Start over', 'Quit'],
        defaultId: 0,
        cancelId: 1,
      })
      .then(({ response }) => {
        if (response !== 0) quit();
        else if (!window.isDestroyed()) window.reload();
      });
  });
}
