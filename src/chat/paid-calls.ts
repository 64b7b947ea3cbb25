import { ADAPTATIONS, type Adaptation } from './adapt-body.ts';
import type { BudgetTracker, Spending } from './budget.ts';
import { type CallOwner, type CallRecord, cachedCall, callKey, keepCall } from './call-cache.ts';
import { type Completion, isCompletion, largestUsage, type ServerCall, usageOf } from './completion.ts';
import { type Patience, postJson, Refused, type Reply } from './post-json.ts';
import { readCompletion } from './read-completion.ts';
import { requireReachable } from './require-reachable.ts';
import type { ServerAddress } from './server-address.ts';

/** Milliseconds after which a server that was not reached yet counts as unreachable. */
const CONNECT = 4000;

/** Options of {@link PaidCalls}. */
export interface PaidCallsOptions {
  address: ServerAddress;
  key: string | undefined;
  /** Header of the key, where it is not a bearer's. */
  keyHeader: string | undefined;
  headers: Readonly<Record<string, string>>;
  /** Folder that keeps the calls that were answered; null keeps none. */
  cache: string | null;
  budget: BudgetTracker;
  patience: Patience & { connectTimeout?: number | undefined };
  /** Receives each call, and whether it came from the cache. */
  onCall: ((call: CallRecord & { cached: boolean }) => void) | undefined;
}

/** Call with what is made of its answer. */
export interface ReadCall<Value> extends ServerCall {
  /** Prompt and sample that it is for, where equal calls for others are calls of their own. */
  owner?: CallOwner;
  /** Reads the answer. What it throws is what the call fails with. */
  read(completion: Completion): Value;
  /** Reports whether the value is an answer: a call without one is not kept. */
  isAnswer(value: Value): boolean;
}

/** Value of a call, and the seconds that it took, where a record says so. */
export interface CallResult<Value> {
  value: Value;
  latency: number | undefined;
}

/** Calls to a server, each of which is made once: kept in a cache, shared while in progress, paid within a budget. */
export class PaidCalls {
  readonly #options: PaidCallsOptions;
  readonly #inProgress = new Map<string, Promise<CallRecord>>();
  /** Changes of form that the server was found to require. */
  readonly #adaptations: Adaptation[] = [];
  #reached: Promise<void> | undefined;

  constructor(options: PaidCallsOptions) {
    this.#options = options;
  }

  get spent(): Readonly<Spending> {
    return this.#options.budget.spent;
  }

  /** Makes a call: by the cache, by an equal call of the same owner in progress, or paid for. */
  async ask<Value>(call: ReadCall<Value>, signal: AbortSignal): Promise<CallResult<Value>> {
    signal.throwIfAborted();
    const { base, query } = this.#options.address;
    const url = `${base}${call.path}${query}`;
    const id = callKey(url, call.body, call.owner);
    const cached = await this.#cached(id, call);
    if (cached) return cached;
    const { response, latency } = await this.#shared(call, url, id, signal);
    return { value: call.read(response), latency };
  }

  async #cached<Value>(id: string, call: ReadCall<Value>): Promise<CallResult<Value> | undefined> {
    const { cache, onCall } = this.#options;
    const found = cache === null ? undefined : await cachedCall(cache, id);
    const value = found && answerIn(found.response, call);
    if (!found || value === undefined) return undefined;
    onCall?.({ ...found, cached: true });
    return { value, latency: found.latency };
  }

  async #shared(call: ReadCall<unknown>, url: string, id: string, signal: AbortSignal): Promise<CallRecord> {
    for (let equal = this.#inProgress.get(id); equal; equal = this.#inProgress.get(id)) {
      // Where the equal call fails or is stopped, this one is made for itself.
      const found = await equal.catch(() => undefined);
      if (found) return found;
    }
    const { budget } = this.#options;
    const made = budget
      .pay(largestUsage(call), () => this.#post(call, url, id, signal))
      .finally(() => this.#inProgress.delete(id));
    this.#inProgress.set(id, made);
    return made;
  }

  async #post(call: ReadCall<unknown>, url: string, id: string, signal: AbortSignal) {
    const { cache, onCall } = this.#options;
    const { body } = call;
    const { value: response, latency } = await this.#adapted(body, url, id, signal);
    const at = new Date().toISOString();
    const result: CallRecord = { url, body, model: response.model ?? null, response, latency, at };
    if (cache !== null && answerIn(response, call) !== undefined) await keepCall(cache, id, result);
    onCall?.({ ...result, cached: false });
    return { result, usage: usageOf(response) };
  }

  /** Posts a body in the form that the server was found to require, and finds it out by what it refuses. */
  async #adapted(
    body: ServerCall['body'],
    url: string,
    seed: string,
    signal: AbortSignal,
  ): Promise<Reply<Completion>> {
    const { key, keyHeader, headers, patience } = this.#options;
    await this.#reach(signal);
    let form = this.#adaptations.reduce((changed, { change }) => change(changed) ?? changed, body);
    const left = new Set(ADAPTATIONS);
    for (;;) {
      const post = { ...patience, body: form, key, keyHeader, headers, accepts: isCompletion, seed, signal };
      try {
        return await postJson(url, { ...post, parse: readCompletion });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const asked = [...left].find(({ refusal, change }) => refusal.test(error.message) && change(form));
        const changed = asked?.change(form);
        if (!asked || !changed) throw error;
        left.delete(asked);
        if (!this.#adaptations.includes(asked)) this.#adaptations.push(asked);
        form = changed;
      }
    }
  }

  /** Waits for the server's first connection, once for all calls. */
  #reach(signal: AbortSignal): Promise<void> {
    // A proxy, which Node uses where this is set, connects for us.
    if (process.env.NODE_USE_ENV_PROXY) return Promise.resolve();
    const { address, patience } = this.#options;
    this.#reached ??= requireReachable(address.base, patience.connectTimeout ?? CONNECT, signal).catch(
      error => {
        this.#reached = undefined;
        throw error;
      },
    );
    return this.#reached;
  }
}

/** Returns the value of a completion that is an answer; undefined where it is none. */
function answerIn<Value>(completion: Completion, { read, isAnswer }: ReadCall<Value>): Value | undefined {
  try {
    const value = read(completion);
    return isAnswer(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
