import type { Continuation, LanguageModel } from '../../chat/index.ts';
import { type Benchmark, type EvaluateOptions, evaluate } from '../../evaluate/index.ts';
import type { ArithmeticProblem, NewsItem, ToxicPrompt } from '../../world/index.ts';
import { arithmeticBenchmark } from './arithmetic.ts';
import { type CodingItems, measureCoding } from './coding.ts';
import type { Asked, Example } from './few-shot.ts';
import { type AbilityMeasure, formsOf, inForm } from './forms.ts';
import { measureHeldOutLoss } from './held-out-loss.ts';
import { type MeasuredFacts, measureFacts } from './measure-facts.ts';
import { type Measurement, measuredMetrics } from './measurement.ts';
import { type MultipleChoiceQuestion, multipleChoiceBenchmark } from './multiple-choice.ts';
import { summariesBenchmark } from './summaries.ts';
import { measureToxicity, type Tone } from './toxicity.ts';

/** Items that measure a model's abilities. No example is among the items. */
export interface Abilities {
  facts: { items: readonly Asked<MultipleChoiceQuestion>[]; examples: readonly Example[] };
  arithmetic: { items: readonly Asked<ArithmeticProblem>[]; examples: readonly ArithmeticProblem[] };
  coding: CodingItems;
  summaries: { items: readonly Asked<NewsItem>[]; examples: readonly NewsItem[] };
  toxicity: { items: readonly Asked<ToxicPrompt>[] } & Tone;
  /** Texts that no training data hold. */
  heldOut: readonly Continuation[];
}

/**
 * Measures every ability of a model in every form: facts by its answers and by multiple choice, arithmetic, coding,
 * summaries, text without toxic words, and the loss on held-out texts. A model without log-likelihoods, such as the
 * study's teacher, has a reason in place of values for multiple choice and loss.
 *
 * @returns with `given`, the answers to the questions on facts in the form that is drawn, one by one.
 * @throws as {@link evaluate} does.
 */
export async function measureAbilities(
  model: LanguageModel,
  { facts, arithmetic, coding, summaries, toxicity, heldOut }: Abilities,
  options: Omit<EvaluateOptions, 'folder' | 'limit' | 'promptFormat' | 'temperature'> = {},
): Promise<MeasuredFacts> {
  const inForms = async <Item extends { id: string }>(
    benchmark: Benchmark<Item>,
    measures: readonly AbilityMeasure[],
  ) => {
    const measurements: Measurement[] = [];
    for (const form of formsOf(benchmark)) {
      const result = await evaluate(model, benchmark, { ...options, promptFormat: form });
      measurements.push(...measuredMetrics(result, measures, form));
    }
    return measurements;
  };
  const { seed, signal } = options;
  const hasLikelihoods = model.scoreEach !== undefined;
  const choice = multipleChoiceBenchmark(facts.items, facts.examples);
  const { measurements, given } = await measureFacts(model, facts, options);
  const others = [
    ...(hasLikelihoods
      ? await inForms(choice, ['choice.accuracy'])
      : formsOf(choice).map(form => unmeasured(inForm('choice.accuracy', form), facts.items.length))),
    ...(await inForms(arithmeticBenchmark(arithmetic.items, arithmetic.examples), ['sums.exact-match'])),
    ...(await measureCoding(model, coding, options)),
    ...(await inForms(summariesBenchmark(summaries.items, summaries.examples), [
      'summaries.rouge1',
      'summaries.rouge2',
      'summaries.rougeL',
    ])),
    ...(await measureToxicity(model, toxicity, options)),
    hasLikelihoods
      ? await measureHeldOutLoss(model, heldOut, {
          promptFormat: 'chat',
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
