import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Dealer, Subscriber } from 'zeromq';
import { kernelSpec } from '../../kernel/src/kernelspec.ts';
import { addressOf, type Connection } from '../../kernel/src/protocol/connection.ts';
import { type Message, Wire } from '../../kernel/src/protocol/wire.ts';

const MAIN = join(import.meta.dirname, '../../kernel/dist/main.js');

/** A cell's reply, and what was published about it until the kernel was idle again. */
export interface Run {
  reply: Message;
  outputs: Message[];
  /** All text on one stream. */
  text(name: 'stdout' | 'stderr'): string;
  /** The `text/plain` of the result, if there is one. */
  result: string | undefined;
}

export interface ClientOptions {
  cwd?: string;
  env?: Record<string, string>;
  transport?: 'tcp' | 'ipc';
}

/** A front end of one kernel, spawned as Jupyter does it, over real sockets. */
export class Client {
  readonly process: ChildProcess;
  readonly connection: Connection;
  /** Everything the kernel published, in order. */
  readonly published: Message[] = [];
  readonly #folder: string;
  readonly #wire: Wire;
  readonly #shell = new Dealer({ linger: 0 });
  readonly #control = new Dealer({ linger: 0 });
  readonly #iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  readonly #replies = new Map<string, (message: Message) => void>();
  readonly #watchers = new Set<() => void>();

  private constructor(folder: string, connection: Connection, process: ChildProcess) {
    this.#folder = folder;
    this.connection = connection;
    this.process = process;
    this.#wire = new Wire(connection);
    this.#shell.connect(addressOf(connection, connection.shell_port));
    this.#control.connect(addressOf(connection, connection.control_port));
    this.#iopub.connect(addressOf(connection, connection.iopub_port));
    this.#iopub.subscribe();
    void this.#receive(this.#shell);
    void this.#receive(this.#control);
    void this.#listen();
  }

  /** Starts a kernel and waits until it answers and its outputs arrive. */
  static async start({ cwd, env = {}, transport = 'tcp' }: ClientOptions = {}): Promise<Client> {
    const folder = await mkdtemp(join(tmpdir(), 'kernel-'));
    const ports = transport === 'tcp' ? await freePorts(5) : [1, 2, 3, 4, 5];
    const [shell_port = 0, control_port = 0, iopub_port = 0, stdin_port = 0, hb_port = 0] = ports;
    const connection: Connection = {
      transport,
      ip: transport === 'tcp' ? '127.0.0.1' : join(folder, 'socket'),
      ...{ shell_port, control_port, iopub_port, stdin_port, hb_port },
      key: 'secret',
      signature_scheme: 'hmac-sha256',
    };
    const file = join(folder, 'connection.json');
    await writeFile(file, JSON.stringify(connection));
    const [command = '', ...args] = kernelSpec({ main: MAIN }).argv;
    const child = spawn(
      command,
      args.map(arg => arg.replace('{connection_file}', file)),
      { cwd: cwd ?? folder, env: { ...process.env, ...env }, stdio: 'ignore' },
    );
    const client = new Client(folder, connection, child);
    await client.request('kernel_info_request', {});
    while (client.published.length === 0) {
      await client.request('kernel_info_request', {});
      await sleep(10);
    }
    return client;
  }

  /** Sends a request and waits for its reply. */
  async request(
    type: string,
    content: Record<string, unknown>,
    channel: 'shell' | 'control' = 'shell',
  ): Promise<Message> {
    const message = this.#wire.message(type, content);
    const reply = new Promise<Message>(resolve => this.#replies.set(message.header.msg_id, resolve));
    await (channel === 'shell' ? this.#shell : this.#control).send(this.#wire.encode(message));
    return reply;
  }

  /** Runs a cell and waits for its reply and for the kernel to be idle. */
  async run(code: string, content: Record<string, unknown> = {}): Promise<Run> {
    const reply = await this.request('execute_request', { ...EXECUTE, code, ...content });
    const id = reply.parent.msg_id;
    const isIdle = (message: Message): boolean =>
      message.header.msg_type === 'status' &&
      message.content.execution_state === 'idle' &&
      message.parent.msg_id === id;
    await this.until(() => this.published.some(isIdle));
    const outputs = this.outputsOf(id);
    const text = (name: string): string =>
      outputs
        .filter(({ header, content: { name: stream } }) => header.msg_type === 'stream' && stream === name)
        .map(({ content: { text: part } }) => part)
        .join('');
    const shown = outputs.find(({ header }) => header.msg_type === 'execute_result');
    const result = (shown?.content.data as { 'text/plain': string } | undefined)?.['text/plain'];
    return { reply, outputs, text, result };
  }

  /** Everything published about a request, but for its status. */
  outputsOf(id: string | undefined): Message[] {
    return this.published.filter(
      ({ header, parent }) => parent.msg_id === id && header.msg_type !== 'status',
    );
  }

  /** Waits until something published makes the condition true. */
  async until(condition: () => boolean): Promise<void> {
    await new Promise<void>(resolve => {
      const watch = (): void => {
        if (!condition()) return;
        this.#watchers.delete(watch);
        resolve();
      };
      this.#watchers.add(watch);
      watch();
    });
  }

  interrupt(): Promise<Message> {
    return this.request('interrupt_request', {}, 'control');
  }

  /** Sends frames as they are. */
  async sendRaw(frames: Buffer[]): Promise<void> {
    await this.#shell.send(frames);
  }

  /** Shuts the kernel down; gives its exit code. */
  async stop(): Promise<number | null> {
    const ended = once(this.process, 'exit');
    if (this.process.exitCode === null && this.process.signalCode === null) {
      void this.request('shutdown_request', { restart: false }, 'control');
      await ended;
    }
    for (const socket of [this.#shell, this.#control, this.#iopub]) socket.close();
    await rm(this.#folder, { recursive: true });
    return this.process.exitCode;
  }

  async #receive(socket: Dealer): Promise<void> {
    for await (const frames of socket) {
      const message = this.#wire.decode(frames);
      this.#replies.get(message.parent.msg_id ?? '')?.(message);
    }
  }

  async #listen(): Promise<void> {
    for await (const frames of this.#iopub) {
      this.published.push(this.#wire.decode(frames));
      for (const watch of this.#watchers) watch();
    }
  }
}

const EXECUTE = {
  silent: false,
  store_history: true,
  user_expressions: {},
  allow_stdin: false,
  stop_on_error: true,
};

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map(server => once(server, 'listening')));
  const ports = servers.map(server => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}
