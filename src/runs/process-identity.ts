import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { isProcessAlive } from './processes.ts';

/** Process that cannot be mistaken for a later one of the same number. */
export interface ProcessIdentity {
  pid: number;
  /** Time at which it started, as its system writes it; null where the system has none. */
  started: string | null;
}

/** Returns the identity of a running process. */
export function processIdentity(pid: number): ProcessIdentity {
  return { pid, started: lookUp(pid).started };
}

let own: ProcessIdentity | undefined;

/** Returns the identity of this process. */
export function thisProcess(): ProcessIdentity {
  own ??= processIdentity(process.pid);
  return own;
}

/** Reports whether a process of this machine is running; one whose start is unknown is taken to be. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  if (!isProcessAlive(pid)) return false;
  const found = lookUp(pid);
  return !found.exited && (started === null || found.started === null || started === found.started);
}

/**
 * Returns the identity of the running system and of the container in it, within which process ids have a meaning:
 * containers that share a folder may share a host name too. Empty where the system has none.
 */
export function machineIdentity(): string {
  if (process.platform !== 'linux') return '';
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const container = attempt(() => readlinkSync('/proc/self/ns/pid'));
  return [boot, container].filter(part => part !== null).join(' ');
}

/** Looks up when a process started, null where that is unknown, and whether it waits to be collected. */
function lookUp(pid: number): { started: string | null; exited: boolean } {
  if (process.platform === 'win32') return { started: null, exited: false };
  if (process.platform !== 'linux') {
    const started = attempt(() =>
      execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }),
    );
    return { started: started?.trim() || null, exited: false };
  }
  // Fields after the command's name, which may hold spaces and brackets: the state, and 19 later the start.
  const [state, ...fields] =
    attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, ''))?.split(' ') ?? [];
  return { started: fields[18] ?? null, exited: state === 'Z' || state === 'X' };
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
