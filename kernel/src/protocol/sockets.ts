import { Reply, Router, XPublisher } from 'zeromq';
import { addressOf, type Connection } from './connection.ts';
import { type Message, Wire } from './wire.ts';

/** The channels that carry requests and replies. */
export type Channel = 'shell' | 'control' | 'stdin';

export interface ChannelEvents {
  onMessage(channel: Channel, message: Message): void;
  /** Reports that a front end began to listen to the outputs. */
  onSubscribe(topic: string): void;
}

/** The five sockets of a kernel. Each sends one message after the other, in order. */
export class Sockets {
  readonly wire: Wire;
  readonly #channels: Record<Channel, Router>;
  readonly #iopub: XPublisher;
  readonly #heartbeat: Reply;
  readonly #sending = new Map<Router | XPublisher, Promise<void>>();

  private constructor(connection: Connection) {
    this.wire = new Wire(connection);
    // No high water mark: an output is never dropped, however fast a cell prints.
    const options = { linger: 1000, sendHighWaterMark: 0, receiveHighWaterMark: 0 };
    const router = (): Router => new Router({ ...options, handover: true });
    this.#channels = { shell: router(), control: router(), stdin: router() };
    this.#iopub = new XPublisher({ ...options, verbosity: 'allSubs' });
    this.#heartbeat = new Reply({ linger: 0 });
  }

  /** Binds the sockets of a connection and starts to receive. */
  static async open(connection: Connection, events: ChannelEvents): Promise<Sockets> {
    const sockets = new Sockets(connection);
    const { shell, control, stdin } = sockets.#channels;
    await Promise.all([
      shell.bind(addressOf(connection, connection.shell_port)),
      control.bind(addressOf(connection, connection.control_port)),
      stdin.bind(addressOf(connection, connection.stdin_port)),
      sockets.#iopub.bind(addressOf(connection, connection.iopub_port)),
      sockets.#heartbeat.bind(addressOf(connection, connection.hb_port)),
    ]);
    for (const channel of ['shell', 'control', 'stdin'] as const) void sockets.#receive(channel, events);
    void sockets.#receiveSubscriptions(events);
    void sockets.#beat();
    return sockets;
  }

  /** Sends a reply to the peers in `message.identities`; settles when ZeroMQ has taken it. */
  send(channel: Channel, message: Message): Promise<void> {
    return this.#enqueue(this.#channels[channel], message);
  }

  /** Publishes to every front end that listens. */
  publish(message: Message): Promise<void> {
    return this.#enqueue(this.#iopub, { ...message, identities: [Buffer.from(message.header.msg_type)] });
  }

  /** Closes the sockets when everything was sent. */
  async close(): Promise<void> {
    await Promise.all(this.#sending.values());
    for (const socket of [...Object.values(this.#channels), this.#iopub, this.#heartbeat]) socket.close();
  }

  /** Sends messages one after another: a second send while one is in progress would be refused (EBUSY). */
  #enqueue(socket: Router | XPublisher, message: Message): Promise<void> {
    const frames = this.wire.encode(message);
    const sent = (this.#sending.get(socket) ?? Promise.resolve()).then(async () => {
      try {
        await socket.send(frames);
      } catch (error) {
        // A front end that went away is no reason to stop.
        console.error(`Cannot send ${message.header.msg_type}: ${String(error)}`);
      }
    });
    this.#sending.set(socket, sent);
    return sent;
  }

  async #receive(channel: Channel, events: ChannelEvents): Promise<void> {
    for await (const frames of this.#channels[channel]) {
      let message: Message;
      try {
        message = this.wire.decode(frames);
      } catch (error) {
        // Forged or broken: dropped, as the protocol demands.
        console.error(String(error));
        continue;
      }
      events.onMessage(channel, message);
    }
  }

  /** Receives subscriptions: each arrives as one byte, 1 or 0, and the topic. */
  async #receiveSubscriptions({ onSubscribe }: ChannelEvents): Promise<void> {
    for await (const [frame] of this.#iopub) if (frame?.[0] === 1) onSubscribe(frame.subarray(1).toString());
  }

  async #beat(): Promise<void> {
    for await (const frames of this.#heartbeat) await this.#heartbeat.send(frames);
  }
}
