import { Worker } from 'node:worker_threads';

/** Completion at one place of a cell. Offsets are UTF-16 code units of the cell's own text. */
export interface Completion {
  /** The names to offer, best first; each replaces the text from `start` to `end`. */
  matches: string[];
  start: number;
  end: number;
  /** Kind and, where it is cheap to know, signature of each match, in the same order. */
  types: { text: string; type: string; signature?: string }[];
}

/** Type and JSDoc of the name at one place of a cell. */
export interface Hover {
  found: boolean;
  text: string;
  markdown: string;
}

/** One type or syntax error of a cell; `line` and `column` count from 1 in the cell's own text. */
export interface CellDiagnostic {
  message: string;
  line: number;
  column: number;
  /** TypeScript's number of the message: 2322 for "Type … is not assignable to type …". */
  code: number;
  category: 'error' | 'warning';
}

/** Types of a notebook whose cells share one scope. Calls are answered in the order they are made. */
export interface TypeService {
  complete(code: string, offset: number): Promise<Completion>;
  inspect(code: string, offset: number): Promise<Hover>;
  check(code: string): Promise<CellDiagnostic[]>;
  /** Makes the declarations of a cell that ran known to later cells. */
  commit(code: string): Promise<void>;
  /** Forgets every committed cell. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Folder of the cells, and the packages they may import. */
export interface TypeServiceOptions {
  /** The notebook's folder: relative imports and `tsconfig.json` are looked up here. */
  cwd: string;
  /** `node_modules` folders tried, in order, for packages the notebook's folder does not have. */
  libraryPaths: string[];
}

/** A call to the worker: the name of a method and its arguments. */
export interface TypeRequest {
  id: number;
  method: 'complete' | 'inspect' | 'check' | 'commit' | 'reset';
  code: string;
  offset: number;
}

/** The worker's answer: a value, or the stack of what was thrown. */
export type TypeReply = { id: number; value: unknown } | { id: number; error: string };

/** Milliseconds that all but completion and inspection wait: a short cell is answered before its types are checked. */
const YIELD_MS = 10;

interface Call {
  request: TypeRequest;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * Starts a type service on TypeScript's language service. It runs in a worker thread, started by the first call, so
 * that no check ever blocks this thread. Should the worker die, calls in progress are rejected; the next one starts a
 * worker that knows the same cells.
 *
 * @throws {Error} (every call) after `close()`, or if the worker dies before it answers.
 */
export function startTypeService(options: TypeServiceOptions): TypeService {
  /** Calls not yet sent to the worker, and those it has not answered. */
  const waiting: Call[] = [];
  const sent = new Map<number, Call>();
  const committed: string[] = [];
  let sending: NodeJS.Timeout | undefined;
  let worker: Worker | undefined;
  let closed = false;
  let lastId = 0;

  const lose = (lost: Worker, reason: string): void => {
    if (worker !== lost) return;
    worker = undefined;
    for (const { reject } of sent.values()) reject(new Error(`The type service stopped: ${reason}`));
    sent.clear();
  };

  const spawn = (): Worker => {
    const started = new Worker(new URL('./worker.js', import.meta.url), { workerData: options });
    started.unref();
    started.on('message', (reply: TypeReply) => {
      const call = sent.get(reply.id);
      sent.delete(reply.id);
      if ('error' in reply) call?.reject(new Error(`The type service failed: ${reply.error}`));
      else call?.resolve(reply.value);
    });
    started.on('error', error => lose(started, error.message));
    started.on('exit', code => lose(started, `its thread ended with code ${code}`));
    for (const code of committed)
      started.postMessage({ id: 0, method: 'commit', code, offset: 0 } satisfies TypeRequest);
    return started;
  };

  const send = (): void => {
    clearTimeout(sending);
    sending = undefined;
    worker ??= spawn();
    for (const call of waiting.splice(0)) {
      const { request } = call;
      sent.set(request.id, call);
      worker.postMessage(request);
      if (request.method === 'commit') committed.push(request.code);
      if (request.method === 'reset') committed.length = 0;
    }
  };

  const call = <T>(method: TypeRequest['method'], code = '', offset = 0): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (closed) throw new Error(`Cannot ${method} a cell: the type service is closed`);
      lastId += 1;
      const request = { id: lastId, method, code, offset };
      waiting.push({ request, resolve: value => resolve(value as T), reject });
      if (method === 'complete' || method === 'inspect') send();
      else sending ??= setTimeout(send, YIELD_MS);
    });

  return {
    complete: (code, offset) => call('complete', code, offset),
    inspect: (code, offset) => call('inspect', code, offset),
    check: code => call('check', code),
    commit: code => call('commit', code),
    reset: () => call('reset'),
    close: async () => {
      closed = true;
      clearTimeout(sending);
      for (const { reject } of waiting.splice(0))
        reject(new Error('The type service stopped: it was closed'));
      const ending = worker;
      if (ending) lose(ending, 'it was closed');
      await ending?.terminate();
    },
  };
}
