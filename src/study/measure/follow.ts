import { adherence, type Instruction, type World } from '../../world/index.ts';
import type { FollowAnswer } from './adherence.ts';

/**
 * Judges answers to a world's instructions by what the world knows.
 *
 * @returns a function that throws a `RangeError` for an answer to another prompt.
 */
export function followIn(world: World, instructions: readonly Instruction[]): FollowAnswer {
  const judge = adherence(world);
  const byId = new Map(instructions.map(instruction => [instruction.id, instruction]));
  return ({ promptId, text }) => {
    const instruction = byId.get(promptId);
    if (instruction === undefined)
      throw new RangeError(`Cannot judge the answer to ${promptId}: an instruction of the world is required`);
    return { ...judge(instruction, text), isToRefuse: instruction.task === 'refuse' };
  };
}
