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
  const late = AbortSignal.timeout(within);
  const ended = AbortSignal.any([signal, late]);
  let reason = 'no connection';
  while (!ended.aborted) {
    const socket = connect(to);
    try {
      await once(socket, 'connect', { signal: ended });
      return;
    } catch (error) {
      if (!ended.aborted) reason = codeOf(error);
      await sleep(PAUSE, undefined, { signal: ended }).catch(() => {});
    } finally {
      socket.on('error', () => {});
      socket.destroy();
    }
  }
  signal.throwIfAborted();
  throw new Unanswerable('unreachable', `Cannot reach ${origin} within ${within / 1000} s: ${reason}`);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}
