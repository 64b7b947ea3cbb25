import { ReadableStream } from 'node:stream/web';

/**
 * Does a task for each item, all at once, and gives the results in the order in which they are ready. The task limits
 * how many run at a time. Nothing starts before the first result is asked for. The first failure ends the iteration;
 * then, or when the reader leaves, the signal that the tasks got is aborted.
 *
 * @param signal stops the tasks from outside; the iteration then throws its reason.
 */
export async function* asFinished<Item, Result>(
  items: readonly Item[],
  task: (item: Item, signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal | undefined,
): AsyncGenerator<Result, void, undefined> {
  const left = new AbortController();
  const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
  yield* new ReadableStream<Result>({
    start(results) {
      const deliver = async (item: Item) => {
        either.throwIfAborted();
        const result = await task(item, either);
        either.throwIfAborted();
        results.enqueue(result);
      };
      // Not awaited: a stream can be read only once its start is over.
      Promise.all(items.map(deliver)).then(
        () => results.close(),
        error => {
          if (!left.signal.aborted) results.error(error);
          left.abort(error);
        },
      );
    },
    cancel: reason => left.abort(reason),
  });
}
