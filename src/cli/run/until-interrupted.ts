import type { Lease, LeasedOutput } from '../../runs/index.ts';
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

/**
 * Runs work that writes an output, as {@link untilInterrupted} does, while this process has the output's lease.
 *
 * @param output undefined for work that writes nothing.
 * @throws {Error} if another process has the lease.
 */
export async function writeUntilInterrupted(
  output: LeasedOutput | undefined,
  task: string,
  work: (lease: Lease) => Promise<void>,
  whenStopped?: () => void,
): Promise<void> {
  const { withLease } = await import('../../runs/index.ts');
  await untilInterrupted(signal => withLease(output, { task, signal }, work), whenStopped);
}
