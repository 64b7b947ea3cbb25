import type { BudgetTracker, Spending } from './budget.ts';
import { type CallRecord, cachedCall, callKey, keepCall } from './call-cache.ts';
import { isCompletion, largestUsage, type ServerCall, usageOf } from './completion.ts';
import { type Patience, postJson } from './post-json.ts';

/** Options of {@link PaidCalls}. */
export interface PaidCallsOptions {
  /** Address before a call's path. */
  address: string;
  key: string | undefined;
  /** Folder that keeps every call; null keeps none. */
  cache: string | null;
  budget: BudgetTracker;
  patience: Patience;
  /** Receives each call, and whether it came from the cache. */
  onCall: ((call: CallRecord & { cached: boolean }) => void) | undefined;
}

/** Calls to a server, each of which is made once: kept in a cache, shared while in progress, paid within a budget. */
export class PaidCalls {
  readonly #options: PaidCallsOptions;
  readonly #inProgress = new Map<string, Promise<CallRecord>>();

  constructor(options: PaidCallsOptions) {
    this.#options = options;
  }

  get spent(): Readonly<Spending> {
    return this.#options.budget.spent;
  }

  /** Returns the record of a call: from the cache, from an equal call in progress, or paid for. */
  async record(call: ServerCall, signal: AbortSignal): Promise<CallRecord> {
    signal.throwIfAborted();
    const url = `${this.#options.address}${call.path}`;
    const id = callKey(url, call.body);
    for (let equal = this.#inProgress.get(id); equal; equal = this.#inProgress.get(id)) {
      // Where the equal call fails or is stopped, this one is made for itself.
      const found = await equal.catch(() => undefined);
      if (found) return found;
    }
    const made = this.#cachedOrPaid(call, url, id, signal).finally(() => this.#inProgress.delete(id));
    this.#inProgress.set(id, made);
    return made;
  }

  async #cachedOrPaid(call: ServerCall, url: string, id: string, signal: AbortSignal): Promise<CallRecord> {
    const { cache, budget, onCall } = this.#options;
    const found = cache === null ? undefined : await cachedCall(cache, id);
    const made = found ?? (await budget.pay(largestUsage(call), () => this.#post(call, url, id, signal)));
    onCall?.({ ...made, cached: found !== undefined });
    return made;
  }

  async #post({ body }: ServerCall, url: string, id: string, signal: AbortSignal) {
    const { key, cache, patience } = this.#options;
    const post = { ...patience, body, key, accepts: isCompletion, seed: id, signal };
    const { value: response, latency } = await postJson(url, post);
    const at = new Date().toISOString();
    const result: CallRecord = { url, body, model: response.model ?? null, response, latency, at };
    if (cache !== null) await keepCall(cache, id, result);
    return { result, usage: usageOf(response) };
  }
}
