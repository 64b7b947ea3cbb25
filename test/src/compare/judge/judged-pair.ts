import type { JudgePair } from '../../../../src/compare/index.ts';

/** Makes the pair of a teacher's and a student's answer to a question. */
export function pair(promptId: string, left: string, right: string, category?: string): JudgePair {
  return {
    promptId,
    prompt: `Question ${promptId}`,
    category,
    answers: [
      { id: 'teacher', text: left },
      { id: 'student', text: right },
    ],
  };
}
