import type { Channel } from '../contract/channel';
import { serveEngine } from '../contract/rpc';
import type { Engine } from './engine';
import { ClientChannel } from './host/clientChannel';
import type { HostLink, PortLike } from './hostLink';
import { Session } from './session';

/** The clients of one engine process, each with a session of its own. */
export class Clients {
  private readonly channels = new Map<string, ClientChannel>();

  constructor(
    private readonly engine: Engine,
    private readonly link: HostLink,
  ) {}

  /** A client over a port of its own, or else one whose traffic comes through the control channel. */
  attach(client: string, port: PortLike | undefined): void {
    if (port) {
      this.serve(portChannel(port));
      return;
    }
    const channel = new ClientChannel(
      (bytes) => this.link.send({ kind: 'data', client, bytes }),
      () => this.link.send({ kind: 'detached', client }),
    );
    this.channels.set(client, channel);
    this.serve(channel);
  }

  receive(client: string, bytes: Uint8Array): void {
    this.channels.get(client)?.receive(bytes);
  }

  detach(client: string): void {
    this.channels.get(client)?.end('lost');
    this.channels.delete(client);
  }

  private serve(channel: Channel): void {
    const session: Session = new Session(this.engine, (name, data) => tell(name, data));
    const tell = serveEngine(channel, session);
    const stopListening = this.engine.listen(tell);
    channel.onClose(() => {
      stopListening();
      session.end();
    });
  }
}

function portChannel(port: PortLike): Channel {
  const channel = new ClientChannel(
    // A port clones all of the memory behind a view, and messages are encoded into about twice what they need.
    (bytes) => port.postMessage(bytes.slice()),
    () => port.close(),
  );
  port.on('message', ({ data }) => {
    if (data instanceof Uint8Array) channel.receive(data);
  });
  port.on('close', () => channel.end('lost'));
  port.start();
  return channel;
}
