import { Worker } from 'node:worker_threads';
import { leaveContexts } from './cell.ts';
import { InterruptFlag } from './interrupt-flag.ts';

/** The part of Node's internals that keeps the stack of asynchronous contexts, before Node 24. */
interface AsyncWrap {
  async_hook_fields: Uint32Array;
  constants: { kTotals: number };
  clearAsyncIdStack(): void;
}

/**
 * Starts the thread that stops code which blocks the event loop.
 *
 * Before Node 24, asynchronous contexts live on hooks around every callback. A terminated callback skips the second
 * of them, and Node then aborts because its stack of contexts is not empty. So the thread first makes this
 * one leave the hooks (they come back with the next cell) and clear that stack.
 */
export function startInterruptThread(): InterruptFlag {
  const wrap = asyncWrap();
  Object.assign(globalThis, {
    [Symbol.for('imitation-lab.leaveHooks')]: (): boolean => {
      if (!wrap || wrap.async_hook_fields[wrap.constants.kTotals] === 0) return true;
      // Inside of a hook, switching hooks off has no effect: the thread asks again.
      if (insideHook()) return false;
      leaveContexts();
      return true;
    },
    [Symbol.for('imitation-lab.clearStack')]: () => wrap?.clearAsyncIdStack(),
  });
  const flag = new InterruptFlag();
  new Worker(new URL('./interrupt-thread.js', import.meta.url), { workerData: flag.buffer }).unref();
  return flag;
}

/** Reports whether the function that was cut off to ask is one of Node's hooks: the first below the asking ones. */
function insideHook(): boolean {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_error, sites) => sites.map(site => site.getFileName() ?? '').join('\n');
  const files = String(new Error().stack).split('\n');
  Error.prepareStackTrace = prepareStackTrace;
  return files.find(file => file !== '' && file !== import.meta.url)?.includes('async_hooks') ?? false;
}

function asyncWrap(): AsyncWrap | undefined {
  if (Number(process.versions.node.split('.')[0]) >= 24) return undefined;
  const { binding } = process as unknown as { binding(name: string): AsyncWrap };
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    return binding('async_wrap');
  } finally {
    process.noDeprecation = noDeprecation ?? false;
  }
}
