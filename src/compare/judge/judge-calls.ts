import type { Question } from '../../chat/index.ts';
import type { Comparison } from '../../schema.ts';
import { type JudgePrompt, judgeQuestion } from './judge-prompts.ts';

/** Two answers to one prompt. */
export interface JudgePair {
  promptId: string;
  prompt: string;
  /** Category that selects the judge's prompt; default the general one. */
  category?: string | undefined;
  answers: readonly [JudgedAnswer, JudgedAnswer];
}

/** An answer by the id of whoever gave it. */
export interface JudgedAnswer {
  id: string;
  text: string;
}

/** One call: a pair in one order. */
export interface JudgeCall extends Question {
  promptId: string;
  first: string;
  second: string;
}

/** Makes the calls of every pair in both orders. @throws {Error} if one occurs twice. */
export function callsOf(
  pairs: readonly JudgePair[],
  prompts: readonly JudgePrompt[],
): Map<string, JudgeCall> {
  const calls = new Map<string, JudgeCall>();
  for (const { promptId, prompt, category, answers } of pairs) {
    for (const [first, second] of [answers, [answers[1], answers[0]]] as const) {
      const id = JSON.stringify([promptId, first.id, second.id]);
      if (calls.has(id))
        throw new Error(
          `Cannot ask a judge: each pair must occur once, found ${first.id} and ${second.id} of prompt ${promptId} twice`,
        );
      const question = { category, question: prompt, first: first.text, second: second.text };
      const { system, text } = judgeQuestion(prompts, question);
      const history = [{ role: 'system' as const, content: system }];
      calls.set(id, { id, text, history, promptId, first: first.id, second: second.id });
    }
  }
  return calls;
}

/**
 * Pairs the teacher's answer with each other one, of every prompt of a comparison.
 *
 * @example
 * // Given comparison.
 * pairsOf(comparison)[0]?.answers.map(({ id }) => id) // ['teacher', 'imitation']
 */
export function pairsOf({ answers, items }: Comparison): JudgePair[] {
  const teacher = answers.find(({ role }) => role === 'teacher')?.id ?? answers[0]?.id ?? '';
  const others = answers.flatMap(({ id }) => (id === teacher ? [] : [id]));
  return items.flatMap(({ promptId, prompt, category, answers: texts }) =>
    others.flatMap((id): JudgePair[] => {
      const [own, other] = [texts[teacher], texts[id]];
      if (own === undefined || other === undefined) return [];
      const pair = [
        { id: teacher, text: own.text },
        { id, text: other.text },
      ] as const;
      return [{ promptId, prompt, category, answers: pair }];
    }),
  );
}
