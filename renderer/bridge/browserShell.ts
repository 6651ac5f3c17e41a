import type { z } from 'zod';
import { type OpenedFile, openedFileSchema, type ShellApi } from '../../electron/contract/shell';
import { shellAddresses, shellRoutes } from '../../electron/contract/shellRoutes';
import { checkReply, errorFromReply, unreachable } from './replies';
import type { Bridge } from './shell';
import { openWebSocketChannel } from './webSocketChannel';

type Routes = typeof shellRoutes;

/** The shell that serves this page on loopback: HTTP for questions, a WebSocket for the engine. */
export function browserShell(location: Location): Bridge {
  const ask = async <M extends keyof Routes>(method: M, args: z.infer<Routes[M]['args']>) =>
    checkReply(
      shellRoutes[method].result,
      await request(`${shellAddresses.api}${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(args),
      }),
    ) as z.infer<Routes[M]['result']>;

  const upload = async (file: File): Promise<OpenedFile> =>
    checkReply(
      openedFileSchema,
      await request(`${shellAddresses.upload}?name=${encodeURIComponent(file.name)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: file,
      }),
    );
  const uploadAll = (files: readonly File[]) => Promise.all(files.map(upload));

  const shell: ShellApi = {
    kind: 'browser',
    initialFiles: () => ask('initialFiles', {}),
    chooseFiles: async () => uploadAll(await pickFiles({ multiple: true })),
    chooseFile: async (extensions) => {
      const [file] = await pickFiles({ accept: extensions.map((end) => `.${end}`).join() });
      return file ? upload(file) : null;
    },
    openDropped: uploadAll,
    // Nothing outside the page can hand it a file.
    onFilesOpened: () => undefined,
    openPath: (path) => ask('openPath', { path }),
    samples: () => ask('samples', {}),
    openSample: (sampleId) => ask('openSample', { sampleId }),
    chooseExportPlace: async () => null,
    nameExportPlace: (path) => ask('nameExportPlace', { path }),
    suggestExportPath: (fileId, extension) => ask('suggestExportPath', { fileId, extension }),
    killEngine: async () => void (await ask('killEngine', {})),
  };
  const engineAddress = new URL(shellAddresses.engine, location.href);
  engineAddress.protocol = 'ws:';
  return { shell, openChannel: () => openWebSocketChannel(engineAddress.href), hasSaveDialog: false };
}

async function request(address: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(address, init).catch(() => {
    throw unreachable();
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorFromReply(body);
  return body;
}

function pickFiles(asked: { multiple?: boolean; accept?: string }): Promise<File[]> {
  const input = Object.assign(document.createElement('input'), { type: 'file', ...asked });
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}
