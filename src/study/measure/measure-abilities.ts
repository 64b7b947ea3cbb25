import type { Continuation, LanguageModel } from '../../chat/index.ts';
import { type Benchmark, type EvaluateOptions, evaluate } from '../../evaluate/index.ts';
import type { NewsItem, Sum, ToxicPrompt } from '../../world/index.ts';
import { type ChoiceQuestion, choiceBenchmark } from './choice.ts';
import type { Asked, Example } from './few-shot.ts';
import { measureHeldOutLoss } from './held-out-loss.ts';
import { type MeasuredFacts, measureFacts } from './measure-facts.ts';
import { type Measurement, measuredMetrics } from './measurement.ts';
import { nonToxicBenchmark } from './non-toxic.ts';
import { measurePrograms, type ProgramTask } from './programs.ts';
import { summariesBenchmark } from './summaries.ts';
import { sumsBenchmark } from './sums.ts';

/** What a model is put to. No example is among what is asked. */
export interface Abilities {
  facts: { items: readonly Asked<ChoiceQuestion>[]; examples: readonly Example[] };
  sums: { items: readonly Asked<Sum>[]; examples: readonly Sum[] };
  programs: readonly ProgramTask[];
  summaries: { items: readonly Asked<NewsItem>[]; examples: readonly NewsItem[] };
  toxicity: { items: readonly Asked<ToxicPrompt>[]; of: (text: string) => number };
  /** Texts that no training data hold. */
  heldOut: readonly Continuation[];
}

/**
 * Every ability of a model: facts by what it writes and by what it finds likely, sums, programs, summaries, free of
 * toxic words, and the loss on held-out texts. A model that tells no log-likelihoods, such as the study's teacher, has
 * no value for multiple choice and loss, and the reason.
 *
 * @param options `form: 'chat'` asks an imitation model inside its turn tokens, without examples: its training shows
 *   it none.
 * @returns with `given`, the answers to the questions on facts, one by one.
 * @throws as {@link evaluate} does.
 */
export async function measureAbilities(
  model: LanguageModel,
  { facts, sums, programs, summaries, toxicity, heldOut }: Abilities,
  options: Omit<EvaluateOptions, 'folder' | 'limit'> = {},
): Promise<MeasuredFacts> {
  const run = async <Item extends { id: string }>(benchmark: Benchmark<Item>, names: readonly string[]) =>
    measuredMetrics(await evaluate(model, benchmark, options), names);
  const { form, seed, signal } = options;
  const tells = model.scoreEach !== undefined;
  const { measurements, given } = await measureFacts(model, facts, options);
  const others = [
    ...(tells
      ? await run(choiceBenchmark(facts.items, facts.examples), ['accuracy'])
      : [untold('choice.accuracy', facts.items.length)]),
    ...(await run(sumsBenchmark(sums.items, sums.examples), ['exact-match'])),
    await measurePrograms(model, programs, options),
    ...(await run(summariesBenchmark(summaries.items, summaries.examples), ['rouge1', 'rouge2', 'rougeL'])),
    ...(await run(nonToxicBenchmark(toxicity.items, toxicity.of), ['non-toxic'])),
    tells
      ? await measureHeldOutLoss(model, heldOut, { form, signal, ...(seed !== undefined && { seed }) })
      : untold('loss.held-out', heldOut.length),
  ];
  return { measurements: [...measurements, ...others], given };
}

function untold(measure: string, unscored: number): Measurement {
  const reason = 'the model tells no log-likelihoods';
  return { measure, value: null, low: null, high: null, n: 0, unscored, reason };
}
