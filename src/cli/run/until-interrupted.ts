import { INTERRUPTED } from '../exit.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs work that Ctrl-C or SIGTERM stops; a second signal ends the process at once.
 *
 * @param work receives the signal that is aborted then; its errors after that are ignored.
 * @param whenStopped reports that the work was stopped. The exit code is then {@link INTERRUPTED}.
 */
export async function untilInterrupted(
  work: (signal: AbortSignal) => Promise<void>,
  whenStopped: () => void = () => {},
): Promise<void> {
  const interrupt = new AbortController();
  const stop = () => {
    for (const signal of SIGNALS) process.off(signal, stop);
    interrupt.abort();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    await work(interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    whenStopped();
    process.exitCode = INTERRUPTED;
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}
