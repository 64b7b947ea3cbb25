import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Unanswerable } from './call-failed.ts';

/** Milliseconds between two tries to connect. */
const PAUSE = 250;

/**
 * Waits until a server accepts connections, for a server that is just starting.
 *
 * @param within milliseconds after which it counts as unreachable.
 * @throws {Unanswerable} naming the server and the system's reason.
 * @throws the signal's reason, once it is aborted.
 */
export async function requireReachable(address: string, within: number, signal: AbortSignal): Promise<void> {
  const { hostname, port, protocol, origin } = new URL(address);
  const to = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  };
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), within);
  try {
    const reason = await connected(to, AbortSignal.any([signal, late.signal]));
    if (reason === undefined) return;
    signal.throwIfAborted();
    throw new Unanswerable('unreachable', `Cannot reach ${origin} within ${within / 1000} s: ${reason}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Tries to connect until it works, or a signal ends it. @returns the system's last reason, where it did not. */
async function connected(
  to: { host: string; port: number },
  ended: AbortSignal,
): Promise<string | undefined> {
  let reason = 'no connection';
  while (!ended.aborted) {
    const socket = connect(to);
    try {
      await once(socket, 'connect', { signal: ended });
      return undefined;
    } catch (error) {
      if (!ended.aborted) reason = codeOf(error);
      await sleep(PAUSE, undefined, { signal: ended }).catch(() => {});
    } finally {
      socket.on('error', () => {});
      socket.destroy();
    }
  }
  return reason;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}
