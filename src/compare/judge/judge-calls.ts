import type { Question } from '../../chat/index.ts';
import { type JudgePrompt, judgeQuestion } from './judge-prompts.ts';

/** Two answers to one prompt. */
export interface JudgePair {
  promptId: string;
  prompt: string;
  /** Which of the judge's prompts fits; default the general one. */
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

/** Every pair in both orders. @throws {Error} if one stands twice. */
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
          `Cannot ask a judge: each pair must stand once, found ${first.id} and ${second.id} of prompt ${promptId} twice`,
        );
      const question = { category, question: prompt, first: first.text, second: second.text };
      const { system, text } = judgeQuestion(prompts, question);
      const history = [{ role: 'system' as const, content: system }];
      calls.set(id, { id, text, history, promptId, first: first.id, second: second.id });
    }
  }
  return calls;
}
