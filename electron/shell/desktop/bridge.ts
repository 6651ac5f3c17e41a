import type { IpcRenderer } from 'electron';
import type { CloseReason } from '../../contract/channel';
import { type DesktopBridge, enginePortMessage } from '../../contract/desktopBridge';
import type { ShellReply } from '../../contract/shellRoutes';
import { ipcChannel, pushChannels } from './channels';
import type { desktopRoutes } from './desktopRoutes';
import { relayPort } from './portRelay';

interface Surroundings {
  readonly ipc: Pick<IpcRenderer, 'invoke' | 'on'>;
  /** Where a dropped file lies; empty for one that lies nowhere. */
  pathOf(file: File): string;
  /** Gives the page a port, as a message from itself. */
  handOver(message: unknown, port: MessagePort): void;
}

/** What the page is given: named questions, and never the IPC they travel on. */
export function createBridge({ ipc, pathOf, handOver }: Surroundings): DesktopBridge {
  const invoke = (route: keyof typeof desktopRoutes, args: unknown): Promise<ShellReply> =>
    ipc.invoke(ipcChannel(route), args);
  const route = (name: keyof typeof desktopRoutes) => (args: unknown) => invoke(name, args);
  const links = new Set<(reason: CloseReason) => void>();

  ipc.on(pushChannels.enginePort, (event, { nonce }: { nonce: string }) => {
    const [enginePort] = event.ports;
    if (!enginePort) return;
    const { port1, port2 } = new MessageChannel();
    links.add(relayPort(enginePort, port1));
    handOver({ type: enginePortMessage, nonce }, port2);
  });
  ipc.on(pushChannels.engineEnded, (_event, reason: 'crashed' | 'stopped') => {
    for (const end of links) end(reason);
    links.clear();
  });

  return {
    initialFiles: route('initialFiles'),
    openPath: route('openPath'),
    samples: route('samples'),
    openSample: route('openSample'),
    nameExportPlace: route('nameExportPlace'),
    suggestExportPath: route('suggestExportPath'),
    killEngine: route('killEngine'),
    chooseFiles: route('chooseFiles'),
    chooseFile: route('chooseFile'),
    chooseExportPlace: route('chooseExportPlace'),
    openDropped: (files) => invoke('openPaths', { paths: files.map(pathOf).filter((path) => path !== '') }),
    connectEngine: (nonce) => invoke('connectEngine', { nonce }),
    onFilesOpened: (listener) =>
      void ipc.on(pushChannels.filesOpened, (_event, reply: ShellReply) => listener(reply)),
  };
}
