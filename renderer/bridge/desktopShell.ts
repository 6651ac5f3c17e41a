import { z } from 'zod';
import type { Channel, CloseReason } from '../../electron/contract/channel';
import { type DesktopBridge, enginePortMessage } from '../../electron/contract/desktopBridge';
import { openedFileSchema, type ShellApi } from '../../electron/contract/shell';
import { dialogRoutes, type ShellReply, shellRoutes } from '../../electron/contract/shellRoutes';
import { checkReply, errorFromReply } from './replies';
import type { Bridge } from './shell';

const routes = { ...shellRoutes, ...dialogRoutes };
type Routes = typeof routes;

/** The desktop application, through what its preload offers. */
export function desktopShell(desktop: DesktopBridge): Bridge {
  const ask = async <M extends keyof Routes>(method: M, args: z.infer<Routes[M]['args']>) =>
    checkReply(routes[method].result, unwrap(await desktop[method](args))) as z.infer<Routes[M]['result']>;

  const openedFiles = async (reply: ShellReply | Promise<ShellReply>) =>
    checkReply(z.array(openedFileSchema), unwrap(await reply));

  const shell: ShellApi = {
    kind: 'desktop',
    initialFiles: () => ask('initialFiles', {}),
    chooseFiles: () => ask('chooseFiles', {}),
    chooseFile: (extensions) => ask('chooseFile', { extensions: [...extensions] }),
    openDropped: (files) => openedFiles(desktop.openDropped(files)),
    onFilesOpened: (listener) => desktop.onFilesOpened((reply) => listener(openedFiles(reply))),
    openPath: (path) => ask('openPath', { path }),
    samples: () => ask('samples', {}),
    openSample: (sampleId) => ask('openSample', { sampleId }),
    chooseExportPlace: (suggestedPath) => ask('chooseExportPlace', { suggestedPath }),
    nameExportPlace: (path) => ask('nameExportPlace', { path }),
    suggestExportPath: (fileId, extension) => ask('suggestExportPath', { fileId, extension }),
    killEngine: async () => void (await ask('killEngine', {})),
  };
  return { shell, openChannel: () => openPortChannel(desktop), hasSaveDialog: true };
}

function unwrap(reply: ShellReply): unknown {
  if (!reply.ok) throw errorFromReply(reply.error);
  return reply.value;
}

async function openPortChannel(desktop: DesktopBridge): Promise<Channel> {
  const nonce = crypto.randomUUID();
  const ended = new AbortController();
  const port = new Promise<MessagePort>((resolve) => {
    const receive = (event: MessageEvent<unknown>) => {
      const [received] = event.ports;
      const ours = event.origin === window.location.origin && isPortMessage(event.data, nonce);
      if (ours && received) resolve(received);
    };
    window.addEventListener('message', receive, { signal: ended.signal });
  });
  try {
    unwrap(await desktop.connectEngine(nonce));
    return portChannel(await port);
  } finally {
    ended.abort();
  }
}

const portMessageSchema = z.object({ type: z.literal(enginePortMessage), nonce: z.string() });
const isPortMessage = (data: unknown, nonce: string): boolean => {
  const parsed = portMessageSchema.safeParse(data);
  return parsed.success && parsed.data.nonce === nonce;
};

const closedSchema = z.object({ type: z.literal('closed'), reason: z.enum(['crashed', 'stopped', 'lost']) });

function portChannel(port: MessagePort): Channel {
  let closed: CloseReason | null = null;
  let deliver: ((message: Uint8Array) => void) | null = null;
  const closeListeners: ((reason: CloseReason) => void)[] = [];
  const end = (reason: CloseReason) => {
    if (closed) return;
    closed = reason;
    port.close();
    for (const listener of closeListeners) listener(reason);
  };
  port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof Uint8Array) return deliver?.(data);
    const parsed = closedSchema.safeParse(data);
    if (parsed.success) end(parsed.data.reason);
  });
  port.addEventListener('close', () => end('lost'));
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      deliver = listener;
      port.start();
    },
    onClose: (listener) => (closed ? listener(closed) : void closeListeners.push(listener)),
    close: () => end('lost'),
  };
}
