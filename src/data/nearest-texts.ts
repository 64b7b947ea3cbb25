import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { runningSignal } from '../notebook/index.ts';
import type { OnProgress } from '../runs/index.ts';
import { type NgramIndex, ngramIndex, type TokenizerName } from '../text/index.ts';
import { type Search, searchShare } from './search-share.ts';

/** Options of {@link nearestTexts}. */
export interface SearchOptions {
  /**
   * Tokens that BLEU counts; default `script`: those of `13a`, and each character where a script writes no spaces between
   * words.
   */
  tokenizer?: TokenizerName | undefined;
  /** Threads beside the calling one; default one for each core. Few queries are searched for without. */
  threads?: number | undefined;
  /** Stops the search; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the number of queries done, of all. */
  onProgress?: OnProgress | undefined;
}

/** The reference most like each query. */
export interface NearestTexts {
  /** Index of the nearest reference of each query; −1 if none has a token of it. */
  nearest: Int32Array;
  /** BLEU of each query against that reference, percent. */
  scores: Float64Array;
}

/** Below this many queries threads take longer to start than to search. */
const FEW = 1000;
/** Milliseconds between two looks at how far the threads are. */
const LOOK = 100;
/** The worker as it is built: Node runs no TypeScript. The path is the same from `src` and from `dist`. */
const WORKER = new URL('../../dist/data/nearest-worker.js', import.meta.url);

/**
 * Finds, for each query, the reference against which it has the highest BLEU, exactly: as comparing all pairs
 * would, by an index whose bounds leave nearly all of them out.
 *
 * @param queries each is a prediction in BLEU's terms.
 * @param references undefined compares the queries with each other, none with itself.
 * @throws {RangeError} if the number of threads is no integer ≥ 1.
 * @throws the signal's reason, once it is aborted.
 * @see sacrebleu 2.6, `sentence_bleu`, for the score; `scriptTokens` for the default's tokens
 */
export async function nearestTexts(
  queries: readonly string[],
  references: readonly string[] | undefined,
  options: SearchOptions = {},
): Promise<NearestTexts> {
  const {
    threads = availableParallelism(),
    signal = runningSignal(),
    onProgress,
    tokenizer = 'script',
  } = options;
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(`Cannot search for nearest texts: at least 1 thread is required, found ${threads}`);
  }
  signal?.throwIfAborted();
  const report = (done: number) =>
    onProgress?.({ task: 'find nearest texts', done, total: queries.length, unit: 'queries' });
  report(0);
  const search: Search = {
    index: ngramIndex(queries, references, tokenizer),
    counters: new Int32Array(new SharedArrayBuffer(8)),
    nearest: new Int32Array(new SharedArrayBuffer(4 * queries.length)),
    scores: new Float64Array(new SharedArrayBuffer(8 * queries.length)),
  };
  const { counters, nearest, scores } = search;
  if (queries.length < FEW) {
    searchShare(search);
  } else {
    const timer = setInterval(() => report(Atomics.load(counters, 1)), LOOK);
    const workerData = { ...search, index: sharedIndex(search.index) };
    // Without the flags of this process, which need not suit a worker: `--input-type` does not.
    const workers = Array.from({ length: threads }, () => new Worker(WORKER, { workerData, execArgv: [] }));
    const stop = () => Promise.all(workers.map(worker => worker.terminate()));
    signal?.addEventListener('abort', stop);
    try {
      await Promise.all(workers.map(ended));
    } finally {
      clearInterval(timer);
      signal?.removeEventListener('abort', stop);
      await stop();
    }
    signal?.throwIfAborted();
  }
  report(queries.length);
  return { nearest, scores };
}

/** Resolves once a worker has ended; rejects with what it threw. */
function ended(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}

/** Shares the index in memory between threads, where each would get its copy else. */
function sharedIndex(index: NgramIndex): NgramIndex {
  const { documents, lengths, first, second } = index;
  const tables = index.tables.map(({ starts, grams, counts, holderStarts, holders, holderCounts }) => ({
    starts: shared(starts),
    grams: shared(grams),
    counts: shared(counts),
    holderStarts: shared(holderStarts),
    holders: shared(holders),
    holderCounts: shared(holderCounts),
  }));
  return {
    same: index.same,
    documents: shared(documents),
    lengths: shared(lengths),
    first: shared(first),
    second: shared(second),
    tables,
  };
}

function shared(array: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
