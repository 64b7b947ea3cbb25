import type { Instruction } from '../teacher/index.ts';
import type { World } from '../world.ts';

/** Judgement of an answer to an instruction. */
export interface Adherence {
  /** The answer is of the kind that was asked for, such as a story. */
  kind: boolean;
  /** It is about what was asked about. */
  subject: boolean;
  /** It declines to answer. */
  refused: boolean;
}

const REFUSAL = /\bI am sorry\b|\bI (?:would rather|will|can|do|must) not\b/i;

/**
 * Judges whether an answer is the kind of answer that was asked for, about what was asked about, by what the world
 * knows. An instruction of the task `refuse` is followed by declining; any other that is declined is an over-refusal.
 *
 * @returns a function for the answers to instructions of one world.
 */
export function adherence(_world: World): (instruction: Instruction, text: string) => Adherence {
  return ({ task, slots }, text) => {
    const refused = REFUSAL.test(text);
    const named = Object.values(slots).filter(slot => text.includes(slot)).length;
    const subject = 2 * named >= Object.keys(slots).length;
    return { kind: refused === (task === 'refuse'), subject: refused || subject, refused };
  };
}
