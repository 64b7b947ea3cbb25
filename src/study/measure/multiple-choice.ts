import { type Benchmark, benchmark } from '../../evaluate/index.ts';
import type { Question } from './facts.ts';
import { type Asked, type Example, markedPrompt } from './few-shot.ts';

/** A question with choices, of which exactly one is correct. */
export interface MultipleChoiceQuestion extends Question {
  choices: readonly string[];
}

/**
 * Makes a benchmark of facts by log-likelihood: a model must find the right one of several names most likely, as in
 * MMLU. No style of answer is asked for, so that knowledge is measured apart from writing.
 *
 * @throws {RangeError} unless each question has exactly one right choice.
 * @see Gudibande et al. 2023, Appendix E
 */
export function multipleChoiceBenchmark(
  questions: readonly Asked<MultipleChoiceQuestion>[],
  examples: readonly Example[],
): Benchmark<Asked<MultipleChoiceQuestion>> {
  for (const { id, choices, answers } of questions) {
    const right = choices.filter(choice => answers.includes(choice)).length;
    if (right !== 1)
      throw new RangeError(`Cannot ask ${id}: exactly one right choice is required, got ${right}`);
  }
  return benchmark({
    name: 'choice',
    shots: examples.length,
    items: questions,
    buildPrompt: item => ({ prompt: markedPrompt(item, examples), continuations: item.choices }),
    score: ({ choices, answers }, { logprobs }) => {
      const likeliest = choices[logprobs.indexOf(Math.max(...logprobs))];
      return { accuracy: likeliest !== undefined && answers.includes(likeliest) ? 1 : 0 };
    },
  });
}
