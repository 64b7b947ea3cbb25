/** Under this symbol the kernel leaves a function that says how long to wait, in milliseconds, before code is cut off. */
const GRACE = Symbol.for('Jupyter.grace');

/** As long as any native call may take: nothing could cut it off before it returns. */
const GRACE_MS = 3_600_000;

/**
 * Does work that blocks in a native call, such as a step of training, and after which the caller looks at its abort
 * signal: in a notebook, an interrupt waits for it, rather than cut the caller off so that it cannot clean up.
 */
export function uncut<T>(work: () => T): T {
  const grace: unknown = Reflect.get(globalThis, GRACE);
  if (typeof grace !== 'function') return work();
  grace(GRACE_MS);
  try {
    return work();
  } finally {
    grace(0);
  }
}
