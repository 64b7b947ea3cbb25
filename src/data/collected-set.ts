import type { ImitationSet } from './imitation-set.ts';

/** A set that a teacher wrote, and the outcome of the calls. */
export interface CollectedSet extends ImitationSet {
  /** Calls that were made. */
  calls: number;
  /** Calls that failed, with the first reason. */
  failed: { calls: number; reason: string | undefined };
  /**
   * Reason why collecting ended: complete; all calls of a round failed, as when a budget is spent; nothing new came.
   */
  ended: 'complete' | 'failed' | 'nothing new';
}
