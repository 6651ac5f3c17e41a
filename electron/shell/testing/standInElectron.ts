import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, Privileges, WebPreferences } from 'electron';
import { vi } from 'vitest';
import { type HostMessage, hostMessageSchema } from '../../engine/control';

/**
 * A small Electron without Chromium, for what the desktop shell decides: who is listened to, where a page may go, what
 * becomes of a dead engine. `createElectron` gives one module's worth of it.
 */
class StandInUtilityProcess extends EventEmitter {
  static nextPid = 2 ** 22 + 1;
  /** Above any real process id, so that killing it can hit nobody. */
  readonly pid = StandInUtilityProcess.nextPid++;
  readonly stderr = new EventEmitter();
  readonly received: HostMessage[] = [];
  readonly ports: unknown[] = [];

  constructor(
    readonly entry: string,
    readonly options: { serviceName?: string },
  ) {
    super();
  }

  postMessage(message: unknown, ports: readonly unknown[] = []): void {
    const checked = hostMessageSchema.parse(message);
    this.received.push(checked);
    this.ports.push(...ports);
    if (checked.kind === 'configure') queueMicrotask(() => this.emit('message', { kind: 'ready' }));
    if (checked.kind === 'shutdown') queueMicrotask(() => this.emit('exit', 0));
  }

  kill(): boolean {
    this.emit('exit', 15);
    return true;
  }
}

class StandInContents extends EventEmitter {
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly posted: { channel: string; message: unknown; ports: unknown[] }[] = [];
  readonly sent: { channel: string; message: unknown }[] = [];

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }

  postMessage(channel: string, message: unknown, ports: unknown[]): void {
    this.posted.push({ channel, message, ports });
  }

  send(channel: string, message: unknown): void {
    this.sent.push({ channel, message });
  }
}

export function createElectron() {
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    ready: false,
    sandboxed: false,
    hasLock: true,
    enableSandbox() {
      app.sandboxed = true;
    },
    requestSingleInstanceLock: () => app.hasLock,
    async whenReady() {
      app.ready = true;
    },
    getPath: (name: string) => `/home/someone/${name}`,
    quit: vi.fn(() => void app.emit('before-quit', { preventDefault: () => undefined })),
    exit: vi.fn(),
  });
  const windows: BrowserWindow[] = [];
  class BrowserWindow extends EventEmitter {
    static getAllWindows = () => windows;
    readonly webContents = new StandInContents();
    readonly shown: string[] = [];
    address = '';

    constructor(readonly options: BrowserWindowConstructorOptions & { webPreferences: WebPreferences }) {
      super();
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }

    async loadURL(address: string): Promise<void> {
      this.address = address;
    }
    show = () => void this.shown.push('show');
    focus = () => void this.shown.push('focus');
    restore = () => void this.shown.push('restore');
    reload = () => void this.shown.push('reload');
    isMinimized = () => this.alive();
    isDestroyed = () => this.destroyed;
    destroyed = false;
    private alive(): true {
      if (this.destroyed) throw new TypeError('Object has been destroyed');
      return true;
    }
  }
  const handlers = new Map<string, (event: unknown, args: unknown) => Promise<unknown>>();
  const schemes: { scheme: string; privileges: Privileges; beforeReady: boolean }[] = [];
  const pages = new Map<string, (request: Request) => Promise<Response>>();
  const permissions: {
    request?: (contents: unknown, permission: string, decide: (allowed: boolean) => void) => void;
    check?: () => boolean;
    device?: () => boolean;
    download?: (event: { preventDefault(): void }) => void;
    network?: (details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void;
  } = {};
  const processes: StandInUtilityProcess[] = [];

  const electron = {
    app,
    BrowserWindow,
    dialog: {
      showOpenDialog: vi.fn(async () => ({ canceled: true, filePaths: [] as string[] })),
      showSaveDialog: vi.fn(async () => ({ canceled: true, filePath: '' })),
      showErrorBox: vi.fn(),
      showMessageBox: vi.fn(async () => ({ response: 0 })),
    },
    ipcMain: {
      handle: (channel: string, handler: (event: unknown, args: unknown) => Promise<unknown>) =>
        void handlers.set(channel, handler),
    },
    Menu: { setApplicationMenu: vi.fn(), buildFromTemplate: vi.fn((template: unknown) => template) },
    MessageChannelMain: class {
      readonly port1 = { name: 'engine end' };
      readonly port2 = { name: 'page end' };
    },
    protocol: {
      registerSchemesAsPrivileged: (added: { scheme: string; privileges: Privileges }[]) =>
        schemes.push(...added.map((one) => ({ ...one, beforeReady: !app.ready }))),
      handle: (scheme: string, answer: (request: Request) => Promise<Response>) =>
        void pages.set(scheme, answer),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: typeof permissions.request) =>
          void Object.assign(permissions, { request: handler }),
        setPermissionCheckHandler: (handler: typeof permissions.check) =>
          void Object.assign(permissions, { check: handler }),
        setDevicePermissionHandler: (handler: typeof permissions.device) =>
          void Object.assign(permissions, { device: handler }),
        on: (name: string, handler: typeof permissions.download) =>
          name === 'will-download' && Object.assign(permissions, { download: handler }),
        webRequest: {
          onBeforeRequest: (handler: typeof permissions.network) =>
            void Object.assign(permissions, { network: handler }),
        },
      },
    },
    utilityProcess: {
      fork: (entry: string, _args: string[], options: { serviceName?: string }) => {
        const child = new StandInUtilityProcess(entry, options);
        processes.push(child);
        return child;
      },
    },
  };
  return { electron, windows, handlers, schemes, pages, permissions, processes };
}
