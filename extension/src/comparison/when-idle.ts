/** Duration of one slice of background work, in milliseconds: half a frame. */
const SLICE = 8;

/**
 * Runs `work` in short slices while the browser has nothing better to do, until it returns true.
 *
 * @param work does a little and checks `timeIsUp` between steps; returns whether it is finished.
 * @returns a function that stops it.
 */
export function whenIdle(work: (timeIsUp: () => boolean) => boolean): () => void {
  let stopped = false;
  const slice = () => {
    if (stopped) return;
    const end = performance.now() + SLICE;
    if (!work(() => performance.now() >= end)) schedule(slice);
  };
  schedule(slice);
  return () => {
    stopped = true;
  };
}

function schedule(task: () => void): void {
  // Safari has no requestIdleCallback.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(task, { timeout: 500 });
  else setTimeout(task, 16);
}
