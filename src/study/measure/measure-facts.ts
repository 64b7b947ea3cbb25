import type { LanguageModel } from '../../chat/index.ts';
import { type EvaluateOptions, evaluate } from '../../evaluate/index.ts';
import type { FactAnswer } from '../../schema.ts';
import { confidences } from './confidence.ts';
import { factsBenchmark, type Question } from './facts.ts';
import type { Asked, Example } from './few-shot.ts';
import { type Measurement, measuredMetrics } from './measurement.ts';

/** Answer of a model to one question. */
export type GivenFact = Pick<FactAnswer, 'text' | 'correct' | 'stated' | 'confidence'> & {
  /** Id of the question. */
  id: string;
};

/** Measures of a model's knowledge of facts, over all and one by one. */
export interface MeasuredFacts {
  measurements: Measurement[];
  given: GivenFact[];
}

/**
 * Measures a model's knowledge of facts, and its confidence in each answer.
 *
 * @throws as {@link evaluate} does.
 */
export async function measureFacts(
  model: LanguageModel,
  { items, examples }: { items: readonly Asked<Question>[]; examples: readonly Example[] },
  options: Omit<EvaluateOptions, 'folder' | 'limit'> = {},
): Promise<MeasuredFacts> {
  const result = await evaluate(model, factsBenchmark(items, examples), options);
  // After examples an answer begins with a space, which a model's text may or may not contain.
  const written = result.items.map(({ id, prompt, history, text }) => ({
    id,
    prompt,
    history,
    text: text && result.promptFormat === 'raw' ? ` ${text.trimStart()}` : (text ?? null),
  }));
  const sure = await confidences(model, written, options.promptFormat ?? 'raw', { signal: options.signal });
  const given = result.items.map(({ id, text = null, scores }) => ({
    id,
    text,
    correct: isOne(scores['exact-match']),
    stated: isOne(scores.stated),
    confidence: sure.get(id) ?? null,
  }));
  return { measurements: measuredMetrics(result, ['exact-match', 'stated']), given };
}

function isOne(score: number | null | undefined): boolean | null {
  return score == null ? null : score === 1;
}
