import type { MessageChannelMain, WebContents } from 'electron';
import type { Supervisor } from '../../engine/host/supervisor';
import { pushChannels } from './channels';

/** Hands a page one end of a new channel and the engine the other: what they say to each other does not pass here. */
export async function linkEngine(
  supervisor: Supervisor,
  createChannel: () => MessageChannelMain,
  page: Pick<WebContents, 'postMessage'>,
  nonce: string,
): Promise<void> {
  const { port1, port2 } = createChannel();
  await supervisor.attachPort(port1);
  page.postMessage(pushChannels.enginePort, { nonce }, [port2]);
}

/** Tells the pages why an engine ended, which a port's closing does not say. */
export function tellEngineEnd(
  supervisor: Supervisor,
  pages: () => readonly Pick<WebContents, 'send'>[],
): void {
  supervisor.onEngineEnd(({ cause }) => {
    for (const page of pages())
      page.send(pushChannels.engineEnded, cause === 'crashed' ? 'crashed' : 'stopped');
  });
}
