import path from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  session,
  utilityProcess,
} from 'electron';
import { SidelightError } from '../../contract/errors';
import type { ShellReply } from '../../contract/shellRoutes';
import { createSupervisor } from '../../engine/host/supervisor';
import { FileAccess } from '../fileAccess';
import { createShellHandlers } from '../handlers';
import { findInstallation } from '../installation';
import { readSamples } from '../samples';
import { listStaticFiles } from '../staticFiles';
import { namedFiles } from './arguments';
import { pushChannels } from './channels';
import { desktopRoutes } from './desktopRoutes';
import { createDialogHandlers } from './dialogs';
import { utilityLauncher } from './engineLauncher';
import { linkEngine, tellEngineEnd } from './engineLink';
import { answerRoutes } from './ipc';
import { menuTemplate } from './menu';
import { followPageFailure } from './pageFailure';
import { answerPage } from './pageProtocol';
import { confine, denyEverything, pageAddress, scheme, windowOptions } from './policy';

protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
app.enableSandbox();
app.on('web-contents-created', (_event, contents) => confine(contents));

/** Files named before the page asks for them. */
const early: string[] = namedFiles(process.argv, process.defaultApp === true, process.cwd());
let takeFiles = (paths: readonly string[]): void => void early.push(...paths);

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv, workingFolder) =>
    takeFiles(namedFiles(argv, process.defaultApp === true, workingFolder)),
  );
  app.on('open-file', (event, file) => {
    event.preventDefault();
    takeFiles([file]);
  });
  app.whenReady().then(start).catch(fail);
} else {
  app.quit();
}

async function start(): Promise<void> {
  const installation = findInstallation(app.isPackaged ? process.resourcesPath : undefined);
  const supervisor = createSupervisor({
    launch: utilityLauncher(utilityProcess.fork, installation.engineEntry, (line) => console.error(line)),
    modelsFolder: installation.modelsFolder,
  });
  const files = new FileAccess(supervisor, app.getPath('pictures'));
  const samples = await readSamples(installation.samplesFolder);
  protocol.handle(scheme, answerPage(await listStaticFiles(installation, samples)));
  denyEverything(session.defaultSession, app.isPackaged);
  const template = menuTemplate(process.platform);
  Menu.setApplicationMenu(template && Menu.buildFromTemplate(template));

  const distFolder = path.dirname(installation.rendererFolder);
  const window = new BrowserWindow(windowOptions(distFolder, app.isPackaged));
  let pageListens = false;
  answerRoutes(ipcMain, desktopRoutes, {
    ...createShellHandlers({
      files,
      initialFiles: () => {
        pageListens = true;
        return files.openPaths(early);
      },
      samples,
      samplesFolder: installation.samplesFolder,
      killEngine: () => supervisor.kill(),
    }),
    ...createDialogHandlers(dialog, () => window, files),
    openPaths: ({ paths }) => files.openPaths(paths),
    connectEngine: async ({ nonce }, event) => {
      await linkEngine(supervisor, () => new MessageChannelMain(), event.sender, nonce);
      return {};
    },
  });
  tellEngineEnd(supervisor, () => BrowserWindow.getAllWindows().map(({ webContents }) => webContents));
  takeFiles = (paths) => {
    // The engine is given a moment to end, after the window.
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
    if (!pageListens) early.push(...paths);
    else if (paths.length > 0)
      void reply(files.openPaths(paths)).then((answer) => {
        if (!window.isDestroyed()) window.webContents.send(pushChannels.filesOpened, answer);
      });
  };

  let engineStopped = false;
  app.on('before-quit', (event) => {
    if (engineStopped) return;
    event.preventDefault();
    void supervisor.stop().finally(() => {
      engineStopped = true;
      app.quit();
    });
  });
  app.on('window-all-closed', () => app.quit());
  followPageFailure(window, dialog, () => app.quit());
  window.once('ready-to-show', () => window.show());
  await window.loadURL(pageAddress);
}

function reply(value: Promise<unknown>): Promise<ShellReply> {
  return value.then(
    (opened) => ({ ok: true, value: opened }),
    (thrown) => ({ ok: false, error: SidelightError.from(thrown).toData() }),
  );
}

function fail(thrown: unknown): void {
  const { message, remedy } = SidelightError.from(thrown);
  dialog.showErrorBox('Sidelight could not start', `${message}\n\n${remedy}`);
  app.exit(1);
}
