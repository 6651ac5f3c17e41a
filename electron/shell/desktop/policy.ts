import path from 'node:path';
import type { BrowserWindowConstructorOptions, Session, WebContents, WebPreferences } from 'electron';

/** Our own scheme: a page has an origin of its own there, which `file:` does not give it. */
export const scheme = 'sidelight';
export const pageAddress = `${scheme}://app/`;

/** The page is as powerless as a page on the web, and has one bridge. */
function webPreferences(preload: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    // Its dictionaries would be fetched from the network.
    spellcheck: false,
    devTools: !isPackaged,
  };
}

export function windowOptions(distFolder: string, isPackaged: boolean): BrowserWindowConstructorOptions {
  return {
    name: 'main',
    windowStatePersistence: true,
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: 'Sidelight',
    backgroundColor: '#1f1f1f',
    autoHideMenuBar: true,
    webPreferences: webPreferences(path.join(distFolder, 'preload', 'preload.cjs'), isPackaged),
  };
}

export function isOwnAddress(address: string): boolean {
  try {
    const { protocol, host } = new URL(address);
    return protocol === `${scheme}:` && host === 'app';
  } catch {
    return false;
  }
}

/** The part of an IPC event that says who sent it. */
export interface Sent {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** Only the main frame of our own page is listened to: no subframe, no foreign page, no frame that is gone. */
export function isTrustedSender({ senderFrame }: Sent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnAddress(senderFrame.url);
}

/** Web contents stay on our page: no navigation away, no second window, no embedded view. */
export function confine(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>): void {
  const stay = (event: { preventDefault(): void }, address: string) => {
    if (!isOwnAddress(address)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

type ConfinedSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'on'
> & { readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> };

/** The page needs no permission of the system, nothing from any network, and writes no file itself. */
export function denyEverything(session: ConfinedSession, isPackaged: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  const schemes = [scheme, 'blob', ...(isPackaged ? [] : ['devtools'])].map((name) => `${name}:`);
  session.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: !schemes.some((allowed) => url.startsWith(allowed)) }),
  );
}
