import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { accepts, list, literal, nullable, number, object, string } from './guard.ts';
import { machineIdentity, type ProcessIdentity, thisProcess } from './process-identity.ts';

/** Owner of a lease, as the lease's file names it. */
export interface LeaseOwner {
  version: 1;
  /** Random: no two leases have the same. */
  id: string;
  /** Work that needs the output, such as `train`. */
  task: string;
  /** Name of the machine, for readers; with {@link machine} it identifies where process ids have a meaning. */
  host: string;
  /** Identity of the running system, and of the container in it; empty where the system has none. */
  machine: string;
  process: ProcessIdentity;
  /** Processes that write for the owner, and exit soon after it. */
  workers: readonly ProcessIdentity[];
  /** ISO 8601 time at which the lease was taken. */
  since: string;
  /** Seconds without a heartbeat after which the lease expires. */
  seconds: number;
}

/**
 * Seconds without a heartbeat after which a lease expires: as long as a shared file system may hang. Another number can
 * be set by `IMITATION_LAB_LEASE_SECONDS`.
 */
const SECONDS = 60;

const PROCESS = object<ProcessIdentity>({ pid: number, started: nullable(string) });

const OWNER = object<LeaseOwner>({
  version: literal(1),
  id: string,
  task: string,
  host: string,
  machine: string,
  process: PROCESS,
  workers: list(PROCESS),
  since: string,
  seconds: number,
});

/** Makes the owner of a new lease: this process. @throws {RangeError} if the environment sets no number of seconds. */
export function newOwner(task: string, environment: NodeJS.ProcessEnv = process.env): LeaseOwner {
  return {
    version: 1,
    id: randomUUID(),
    task,
    host: environment.IMITATION_LAB_HOST || hostname(),
    machine: machineIdentity(),
    process: thisProcess(),
    workers: [],
    since: new Date().toISOString(),
    seconds: secondsOf(environment.IMITATION_LAB_LEASE_SECONDS),
  };
}

function secondsOf(given: string | undefined): number {
  if (!given) return SECONDS;
  const seconds = Number(given);
  if (seconds > 0 && Number.isFinite(seconds)) return seconds;
  throw new RangeError(`IMITATION_LAB_LEASE_SECONDS must be a number > 0, got ${JSON.stringify(given)}`);
}

/** Reports whether process ids of two owners are those of one system. */
export function isSameMachine(a: LeaseOwner, b: LeaseOwner): boolean {
  return a.host === b.host && a.machine === b.machine;
}

/** Formats an owner as the text of a lease's file. */
export function ownerText(owner: LeaseOwner): string {
  return `${JSON.stringify(owner)}\n`;
}

/** Parses the text of a lease's file; undefined if it names no owner, as after a crash while it was written. */
export function parseOwner(text: string): LeaseOwner | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return accepts(OWNER, value) && value.seconds > 0 ? value : undefined;
  } catch {
    return undefined;
  }
}
