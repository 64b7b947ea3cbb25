import type { Instruction, World } from '../../world/index.ts';
import type { FollowAnswer } from './adherence.ts';

/** Judges answers to a world's instructions by what the world knows. */
export function followIn(_world: World, _instructions: readonly Instruction[]): FollowAnswer {
  return () => ({ isToRefuse: false, refused: false, kind: true, subject: true, adheres: true });
}
