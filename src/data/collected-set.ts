import type { Generation } from '../schema.ts';
import type { ImitationSet } from './imitation-set.ts';

/** A set that a teacher wrote, and the outcome of the calls. */
export interface CollectedSet extends ImitationSet {
  /** Calls that were made. */
  calls: number;
  /** Calls that failed, with the first reason. */
  failed: { calls: number; reason: string | undefined };
  /** Dialogues that the set lacks since calls failed, and that another run can add. */
  missing: number;
  /**
   * Reason why collecting ended: complete; all calls of a round failed, as when a budget is spent; nothing new came.
   */
  ended: 'complete' | 'failed' | 'nothing new';
}

/** Counts of the calls of a teacher that collects a set. */
export class CallTally {
  calls = 0;
  failed = 0;
  #reason: string | undefined;

  /**
   * Counts the calls of one round.
   *
   * @returns whether all of them failed.
   */
  addRound(answers: readonly Generation[]): boolean {
    const failures = answers.filter(({ text }) => text === null);
    this.calls += answers.length;
    this.failed += failures.length;
    this.#reason ??= failures.find(({ error }) => error !== undefined)?.error?.message;
    return failures.length > 0 && failures.length === answers.length;
  }

  get outcome(): Pick<CollectedSet, 'calls' | 'failed'> {
    return { calls: this.calls, failed: { calls: this.failed, reason: this.#reason } };
  }
}
