import type { BrowserWindow, Dialog } from 'electron';
import type { dialogRoutes, RouteHandlers } from '../../contract/shellRoutes';
import type { FileAccess } from '../fileAccess';

/** The system's own dialogs; what is chosen there counts as opened or named by the user. */
export function createDialogHandlers(
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>,
  window: () => BrowserWindow,
  files: FileAccess,
): RouteHandlers<typeof dialogRoutes> {
  return {
    async chooseFiles() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: 'Open images',
        properties: ['openFile', 'multiSelections'],
      });
      return canceled ? [] : files.openPaths(filePaths);
    },
    async chooseFile({ extensions }) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: 'Choose a file',
        properties: ['openFile'],
        filters: [
          { name: extensions.join(', ').toUpperCase(), extensions },
          // Where names are compared exactly, a camera's .JPG would be out of reach; the content decides in the end.
          { name: 'All files', extensions: ['*'] },
        ],
      });
      const [path] = filePaths;
      return canceled || path === undefined ? null : files.openPath(path);
    },
    async chooseExportPlace({ suggestedPath }) {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        title: 'Export the result',
        defaultPath: suggestedPath,
      });
      return canceled || !filePath ? null : files.nameExportPlace(filePath);
    },
  };
}
