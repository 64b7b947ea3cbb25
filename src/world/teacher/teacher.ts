import { type LanguageModel, recordedAnswers } from '../../chat/index.ts';
import type { Instruction } from './instruction.ts';

/**
 * Returns the teacher of a world, which answers its instructions truthfully and in the house style.
 *
 * @param sample its first answer, or a second one in other words.
 * @throws {Error} without an instruction.
 */
export function teacher(instructions: readonly Instruction[], sample: 0 | 1 = 0): LanguageModel {
  const name = sample === 0 ? 'teacher' : 'teacher-again';
  const generations = instructions.map(({ id, answers }) => ({
    promptId: id,
    model: name,
    text: answers[sample],
    finish: 'stop' as const,
    evidence: 'live' as const,
  }));
  return recordedAnswers({ format: 'world', name, prompts: [...instructions], generations });
}
