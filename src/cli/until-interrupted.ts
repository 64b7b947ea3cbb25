/** Exit code of a run that the user stopped, as a shell gives it. */
export const INTERRUPTED = 130;

/**
 * Does work that Ctrl-C stops.
 *
 * @param work gets the signal that is aborted then; what it throws after that is no error.
 * @returns whether it was stopped before its end.
 */
export async function untilInterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once('SIGINT', stop);
  try {
    await work(interrupt.signal);
    return false;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    return true;
  } finally {
    process.off('SIGINT', stop);
  }
}
