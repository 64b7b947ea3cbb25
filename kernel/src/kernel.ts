import { dirname, join } from 'node:path';
import { completeReply, inspectReply } from './code-replies.ts';
import { completeness } from './complete.ts';
import type { ExecuteResult } from './execute-options.ts';
import { KERNEL_INFO, PACKAGE } from './kernel-info.ts';
import type { Output } from './outputs.ts';
import type { Connection } from './protocol/connection.ts';
import { type Channel, Sockets } from './protocol/sockets.ts';
import type { Message } from './protocol/wire.ts';
import { Session } from './session.ts';
import { type CheckPolicy, TypeChecks } from './type-checks.ts';
import { startTypeService } from './types/type-service.ts';

/** Options of a kernel. */
export interface KernelOptions {
  cwd: string;
  /** Effect of a type error in a cell. */
  types: CheckPolicy;
}

type Content = Record<string, unknown>;

/**
 * Milliseconds from listening to warming up the types, so that it does not delay the start. JupyterLab gives
 * up on a completion after one second, and a service that is cold needs more.
 */
const WARM_UP_DELAY_MS = 500;

/** A reply's content; `status` is there in every one. */
type Handler = (content: Content, request: Message) => Content | Promise<Content>;

/** The Jupyter protocol on top of a session. `closed` settles when it has shut down. */
export class Kernel {
  readonly closed: Promise<void>;
  readonly #session: Session;
  readonly #types: TypeChecks;
  #sockets: Sockets | undefined;
  #close: () => void = () => {};
  #shuttingDown: Promise<void> | undefined;
  /** Execute request in progress, during which the front end shows the kernel as busy. */
  #executing: Message | undefined;

  constructor({ cwd, types }: KernelOptions) {
    this.#session = new Session({ cwd });
    const libraryPaths = [join(PACKAGE, 'node_modules'), join(dirname(PACKAGE), 'node_modules')];
    this.#types = new TypeChecks(startTypeService({ cwd, libraryPaths }), types);
    this.closed = new Promise(resolve => {
      this.#close = resolve;
    });
  }

  /** Binds the sockets: from here on the kernel answers. */
  async listen(connection: Connection): Promise<void> {
    this.#sockets = await Sockets.open(connection, {
      onMessage: (channel, message) => void this.#handle(channel, message),
      onSubscribe: topic => this.#publish('iopub_welcome', { subscription: topic }),
    });
    this.#publish('status', { execution_state: 'starting' });
    setTimeout(() => this.#types.warmUp(), WARM_UP_DELAY_MS).unref();
  }

  /** Ends the cells' process and closes the sockets, once everything was sent. */
  shutDown(): Promise<void> {
    this.#shuttingDown ??= (async () => {
      await Promise.all([this.#session.close(), this.#types.service.close()]);
      await this.#sockets?.close();
      this.#close();
    })();
    return this.#shuttingDown;
  }

  /** Stops the running cell, as an interrupt request does. */
  interrupt(): void {
    void this.#session.interrupt();
  }

  readonly #handlers: Record<string, Handler> = {
    kernel_info_request: () => KERNEL_INFO,
    execute_request: (content, request) => this.#execute(content, request),
    is_complete_request: ({ code }) => ({ ...completeness(String(code)) }),
    complete_request: content => completeReply(this.#types.service, content),
    inspect_request: content => inspectReply(this.#types.service, content),
    history_request: () => ({ status: 'ok', history: [] }),
    comm_info_request: () => ({ status: 'ok', comms: {} }),
    interrupt_request: () => {
      this.interrupt();
      return { status: 'ok' };
    },
    shutdown_request: ({ restart }) => ({ status: 'ok', restart: Boolean(restart) }),
  };

  async #handle(channel: Channel, request: Message): Promise<void> {
    const { msg_type } = request.header;
    const handler = this.#handlers[msg_type];
    if (!handler) return;
    // A cell is busy from its start, not from when it joins the queue.
    if (msg_type !== 'execute_request') this.#publish('status', { execution_state: 'busy' }, request);
    let content: Content;
    try {
      content = await handler(request.content, request);
    } catch (error) {
      const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
      content = { status: 'error', ename: name, evalue: message, traceback: stack.split('\n') };
    }
    const reply = this.#wire.message(msg_type.replace('_request', '_reply'), content, request);
    if (msg_type === 'execute_request') {
      reply.metadata = { status: content.status, started: content.started, dependencies_met: true };
      delete content.started;
    }
    void this.#sockets?.send(channel, reply);
    if (msg_type === 'shutdown_request') this.#publish('shutdown_reply', content, request);
    this.#publish('status', { execution_state: 'idle' }, request);
    // Front ends show the latest state: a question answered while a cell runs must not make it look idle.
    if (this.#executing) this.#publish('status', { execution_state: 'busy' }, this.#executing);
    if (msg_type === 'shutdown_request') await this.shutDown();
  }

  async #execute(content: Content, request: Message): Promise<Content> {
    const code = String(content.code ?? '');
    const silent = Boolean(content.silent);
    let started = new Date().toISOString();
    let succeed: (() => void) | undefined;
    const onOutput = ({ output_type, ...output }: Output): void =>
      this.#publish(output_type, output, request);
    const result = await this.#session.execute(code, {
      silent,
      storeHistory: content.store_history !== false,
      stopOnError: content.stop_on_error !== false,
      userExpressions: (content.user_expressions ?? {}) as Record<string, string>,
      ...(this.#types.policy === 'block' ? { refuse: () => this.#types.refuse(code) } : {}),
      onStart: count => {
        started = new Date().toISOString();
        this.#executing = request;
        this.#publish('status', { execution_state: 'busy' }, request);
        if (!silent) this.#publish('execute_input', { code, execution_count: count }, request);
        succeed = this.#types.check(code, silent ? () => {} : onOutput);
      },
      onOutput,
    });
    if (this.#executing === request) this.#executing = undefined;
    // Aborted before its turn: it was never busy, but every request is bracketed.
    else this.#publish('status', { execution_state: 'busy' }, request);
    if (result.status === 'ok') succeed?.();
    return { ...replyOf(result), started };
  }

  #publish(type: string, content: Content, parent?: Message): void {
    const message = this.#wire.message(type, content, parent);
    void this.#sockets?.publish(message);
  }

  get #wire(): Sockets['wire'] {
    if (!this.#sockets) throw new Error('Cannot send a message: the kernel does not listen yet');
    return this.#sockets.wire;
  }
}

function replyOf(result: ExecuteResult): Content {
  const { executionCount: execution_count } = result;
  if (result.status === 'ok')
    return { status: 'ok', execution_count, user_expressions: result.userExpressions, payload: [] };
  if (result.status === 'aborted') return { status: 'aborted', execution_count };
  const { ename, evalue, traceback } = result;
  return { status: 'error', execution_count, ename, evalue, traceback, user_expressions: {}, payload: [] };
}
