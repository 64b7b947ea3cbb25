import { ReadableStream } from 'node:stream/web';

/**
 * Does a task for each item, all at once, and gives the results in the order in which they are ready. The task limits
 * how many run at a time. Nothing starts before the first result is asked for. The first failure ends the iteration,
 * after the results that were ready before it; then, or when the reader leaves, the signal that the tasks got is aborted.
 *
 * @param signal stops the tasks from outside; the iteration then throws its reason, after the results that are ready.
 */
export async function* asFinished<Item, Result>(
  items: readonly Item[],
  task: (item: Item, signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal | undefined,
): AsyncGenerator<Result, void, undefined> {
  const left = new AbortController();
  const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
  let failure: { error: unknown } | undefined;
  yield* new ReadableStream<Result>({
    start(results) {
      const deliver = async (item: Item) => {
        either.throwIfAborted();
        const result = await task(item, either);
        if (!left.signal.aborted) results.enqueue(result);
      };
      // Not awaited: a stream can be read only once its start is over.
      Promise.all(items.map(deliver)).then(
        () => results.close(),
        error => {
          if (left.signal.aborted) return;
          failure = { error };
          left.abort(error);
          // Not by an error, which would drop the results that wait to be read.
          results.close();
        },
      );
    },
    cancel: reason => left.abort(reason),
  });
  if (failure) throw failure.error;
}
