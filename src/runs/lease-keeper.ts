import { claimLease, type Rival, removeLease, renewLease } from './lease-file.ts';
import type { LeaseOwner } from './lease-owner.ts';

/** Heartbeats in the time after which a lease expires. */
export const BEATS = 6;

/** Time of a lease's last heartbeat, which the owner's threads share: milliseconds of this machine's clock. */
export class LastBeat {
  readonly buffer: SharedArrayBuffer;
  readonly #shared: BigInt64Array;

  constructor(buffer = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#shared = new BigInt64Array(buffer);
  }

  set at(milliseconds: number) {
    Atomics.store(this.#shared, 0, BigInt(milliseconds));
  }

  /** Reports whether the last heartbeat is at most so many seconds old; one in the future is not. */
  isWithin(seconds: number): boolean {
    const age = Date.now() - Number(Atomics.load(this.#shared, 0));
    return age >= 0 && age < 1000 * seconds;
  }
}

/** Keeps a lease for its owner. */
export class LeaseKeeper {
  readonly path: string;
  readonly #lastBeat: LastBeat;
  #owner: LeaseOwner;
  /** Once lost, a lease stays lost, though its new owner may release it. */
  #lostTo: Rival | undefined;

  constructor(path: string, owner: LeaseOwner, lastBeat: LastBeat) {
    this.path = path;
    this.#owner = owner;
    this.#lastBeat = lastBeat;
  }

  /**
   * Renews the lease; one that has expired, or is gone, is taken again if no other process was quicker.
   *
   * @returns the lease of another owner, once this one is lost to it.
   * @throws the file system's error; the lease may then still be held.
   */
  beat(): Rival | undefined {
    const { seconds } = this.#owner;
    const now = Date.now();
    const renewed =
      this.#lostTo === undefined &&
      this.#lastBeat.isWithin(seconds) &&
      renewLease(this.path, this.#owner) &&
      // Writing may have taken longer than the lease lasts.
      this.#lastBeat.isWithin(seconds);
    return renewed ? this.#beaten(now) : this.#claim();
  }

  /** Names the processes that write for the owner. @returns and @throws as {@link beat}. */
  setWorkers(workers: LeaseOwner['workers']): Rival | undefined {
    this.#owner = { ...this.#owner, workers };
    return this.#claim();
  }

  /** Removes the lease, unless it may have been lost. */
  release(): void {
    if (this.#lastBeat.isWithin(this.#owner.seconds)) removeLease(this.path, this.#owner);
  }

  #claim(): Rival | undefined {
    if (this.#lostTo) return this.#lostTo;
    const now = Date.now();
    const rival = claimLease(this.path, this.#owner);
    if (rival === undefined) return this.#beaten(now);
    // What cannot be read yet is nobody's: the next heartbeat looks again.
    if (rival.state !== 'incomplete') this.#lostTo = rival;
    return this.#lostTo;
  }

  #beaten(at: number): undefined {
    this.#lastBeat.at = at;
  }
}
