import type { Adherence } from '../../schema.ts';
import { findRefusal } from '../../text/index.ts';
import { namedIn } from '../named.ts';
import { type Instruction, TASKS } from '../teacher/index.ts';
import type { World } from '../world.ts';

/**
 * Judges whether an answer is the kind of answer that was asked for, about what was asked about, by what the world
 * knows. An instruction of the task `refuse` is followed by declining; any other that is declined is an over-refusal.
 *
 * @returns a function for the answers to instructions of one world.
 */
export function adherence(world: World): (instruction: Instruction, text: string) => Adherence {
  const read = namedIn(world);
  return (instruction, text) => {
    const refused = findRefusal(text) !== null;
    const { kind, subject } = TASKS[instruction.task].judge(instruction, read(text));
    return { adheres: kind && subject, kind, subject, refused };
  };
}
