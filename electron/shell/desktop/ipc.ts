import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import { SidelightError } from '../../contract/errors';
import type { ShellReply } from '../../contract/shellRoutes';
import { ipcChannel } from './channels';
import { isTrustedSender } from './policy';

type Table = Record<string, { args: z.ZodType }>;
type Handlers<R extends Table> = {
  [M in keyof R]: (args: z.infer<R[M]['args']>, event: IpcMainInvokeEvent) => Promise<unknown>;
};

/** Answers every route of a table for our own page and refuses everyone else; whatever fails crosses as data. */
export function answerRoutes<R extends Table>(
  ipcMain: Pick<IpcMain, 'handle'>,
  routes: R,
  handlers: Handlers<R>,
): void {
  for (const route of Object.keys(routes)) {
    ipcMain.handle(ipcChannel(route), async (event, args: unknown): Promise<ShellReply> => {
      try {
        if (!isTrustedSender(event)) throw refused(route);
        const checked = routes[route]!.args.safeParse(args);
        if (!checked.success) throw malformed(route, checked.error.issues[0]?.message ?? 'wrong shape');
        const handler = handlers[route] as (
          checkedArgs: unknown,
          from: IpcMainInvokeEvent,
        ) => Promise<unknown>;
        return { ok: true, value: await handler(checked.data, event) };
      } catch (thrown) {
        return { ok: false, error: SidelightError.from(thrown).toData() };
      }
    });
  }
}

const refused = (route: string) =>
  new SidelightError(
    'file-not-permitted',
    `Something that is not Sidelight’s own page asked for “${route}”.`,
    'It was refused; nothing is wrong with your files.',
  );

const malformed = (route: string, what: string) =>
  new SidelightError(
    'request-invalid',
    `A request to Sidelight was malformed: ${route}: ${what}.`,
    'Update or reinstall Sidelight: its parts do not fit together.',
  );
