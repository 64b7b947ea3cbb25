import type { Continuation, LanguageModel } from '../../chat/index.ts';
import { type Benchmark, type EvaluateOptions, evaluate } from '../../evaluate/index.ts';
import type { ArithmeticProblem, NewsItem, ToxicPrompt } from '../../world/index.ts';
import { arithmeticBenchmark } from './arithmetic.ts';
import { type AskedCodingProblem, measureCoding } from './coding.ts';
import type { Asked, Example } from './few-shot.ts';
import { measureHeldOutLoss } from './held-out-loss.ts';
import { type MeasuredFacts, measureFacts } from './measure-facts.ts';
import { type Measurement, measuredMetrics } from './measurement.ts';
import { type MultipleChoiceQuestion, multipleChoiceBenchmark } from './multiple-choice.ts';
import { summariesBenchmark } from './summaries.ts';
import { nonToxicBenchmark } from './toxicity.ts';

/** Items that measure a model's abilities. No example is among the items. */
export interface Abilities {
  facts: { items: readonly Asked<MultipleChoiceQuestion>[]; examples: readonly Example[] };
  arithmetic: { items: readonly Asked<ArithmeticProblem>[]; examples: readonly ArithmeticProblem[] };
  coding: readonly AskedCodingProblem[];
  summaries: { items: readonly Asked<NewsItem>[]; examples: readonly NewsItem[] };
  toxicity: { items: readonly Asked<ToxicPrompt>[]; of: (text: string) => number };
  /** Texts that no training data hold. */
  heldOut: readonly Continuation[];
}

/**
 * Measures every ability of a model: facts by its answers and by multiple choice, arithmetic, coding, summaries, text
 * without toxic words, and the loss on held-out texts. A model without log-likelihoods, such as the study's teacher, has
 * a reason in place of values for multiple choice and loss.
 *
 * @param options `promptFormat: 'chat'` asks an imitation model inside its role tokens, without examples: its training shows
 *   it none.
 * @returns with `given`, the answers to the questions on facts, one by one.
 * @throws as {@link evaluate} does.
 */
export async function measureAbilities(
  model: LanguageModel,
  { facts, arithmetic, coding, summaries, toxicity, heldOut }: Abilities,
  options: Omit<EvaluateOptions, 'folder' | 'limit'> = {},
): Promise<MeasuredFacts> {
  const run = async <Item extends { id: string }>(benchmark: Benchmark<Item>, names: readonly string[]) =>
    measuredMetrics(await evaluate(model, benchmark, options), names);
  const { promptFormat, seed, signal } = options;
  const hasLikelihoods = model.scoreEach !== undefined;
  const { measurements, given } = await measureFacts(model, facts, options);
  const others = [
    ...(hasLikelihoods
      ? await run(multipleChoiceBenchmark(facts.items, facts.examples), ['accuracy'])
      : [unmeasured('choice.accuracy', facts.items.length)]),
    ...(await run(arithmeticBenchmark(arithmetic.items, arithmetic.examples), ['exact-match'])),
    await measureCoding(model, coding, options),
    ...(await run(summariesBenchmark(summaries.items, summaries.examples), ['rouge1', 'rouge2', 'rougeL'])),
    ...(await run(nonToxicBenchmark(toxicity.items, toxicity.of), ['non-toxic'])),
    hasLikelihoods
      ? await measureHeldOutLoss(model, heldOut, {
          promptFormat,
          signal,
          ...(seed !== undefined && { seed }),
        })
      : unmeasured('loss.held-out', heldOut.length),
  ];
  return { measurements: [...measurements, ...others], given };
}

function unmeasured(measure: string, unscored: number): Measurement {
  const reason = 'the model tells no log-likelihoods';
  return { measure, value: null, low: null, high: null, n: 0, unscored, reason };
}
