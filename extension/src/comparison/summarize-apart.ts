import { type PairStyle, type StyleSummary, summarizeStyle } from 'imitation-lab/text';

/**
 * Computes Table 2 with its intervals in a worker.
 *
 * @param done is called once with the result, unless the returned function was called before.
 * @returns a function that stops the computation.
 */
export function summarizeApart(
  pairs: readonly PairStyle[],
  done: (summary: StyleSummary) => void,
): () => void {
  const here = () => done(summarizeStyle(pairs));
  let worker: Worker;
  try {
    // The name of the compiled file: bundlers find workers by this very expression.
    worker = new Worker(new URL('./style-worker.js', import.meta.url));
  } catch {
    // Extensions served from another origin may start no worker: then the page has to wait.
    here();
    return () => {};
  }
  worker.onmessage = ({ data }: MessageEvent<StyleSummary>) => {
    worker.terminate();
    done(data);
  };
  worker.onerror = () => {
    worker.terminate();
    here();
  };
  worker.postMessage(pairs);
  return () => worker.terminate();
}
