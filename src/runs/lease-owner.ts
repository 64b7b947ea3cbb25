import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
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
    return isOwner(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isOwner(value: unknown): value is LeaseOwner {
  if (typeof value !== 'object' || value === null) return false;
  const field = (name: string): unknown => Reflect.get(value, name);
  const workers = field('workers');
  const seconds = field('seconds');
  return (
    field('version') === 1 &&
    ['id', 'task', 'host', 'machine', 'since'].every(name => typeof field(name) === 'string') &&
    typeof seconds === 'number' &&
    seconds > 0 &&
    [field('process'), ...(Array.isArray(workers) ? workers : [workers])].every(isProcess)
  );
}

function isProcess(value: unknown): value is ProcessIdentity {
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('started' in value)) return false;
  const { pid, started } = value;
  return Number.isInteger(pid) && Number(pid) > 0 && (started === null || typeof started === 'string');
}
