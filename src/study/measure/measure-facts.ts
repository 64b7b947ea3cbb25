import type { LanguageModel } from '../../chat/index.ts';
import { type EvaluateOptions, type EvaluationResult, evaluate } from '../../evaluate/index.ts';
import type { FactAnswer } from '../../schema.ts';
import { confidences } from './confidence.ts';
import { factsBenchmark, type Question } from './facts.ts';
import type { Asked, Example } from './few-shot.ts';
import { DRAWN_FORMS, formsOf } from './forms.ts';
import { type Measurement, measuredMetrics } from './measurement.ts';

/** Answer of a model to one question. */
export type GivenFact = Pick<FactAnswer, 'text' | 'correct' | 'stated' | 'confidence'> & {
  /** Id of the question. */
  id: string;
};

/** Measures of a model's knowledge of facts, over all and one by one. */
export interface MeasuredFacts {
  measurements: Measurement[];
  /** The answers in the form that figures draw. */
  given: GivenFact[];
}

/**
 * Measures a model's knowledge of facts in every form, and its confidence in each answer in the one that is drawn.
 *
 * @throws as {@link evaluate} does.
 */
export async function measureFacts(
  model: LanguageModel,
  { items, examples }: { items: readonly Asked<Question>[]; examples: readonly Example[] },
  options: Omit<EvaluateOptions, 'folder' | 'limit' | 'promptFormat'> = {},
): Promise<MeasuredFacts> {
  const benchmark = factsBenchmark(items, examples);
  const measurements: Measurement[] = [];
  let given: GivenFact[] = [];
  for (const form of formsOf(benchmark)) {
    const result = await evaluate(model, benchmark, { ...options, promptFormat: form });
    measurements.push(...measuredMetrics(result, ['facts.exact-match', 'facts.stated'], form));
    if (form === DRAWN_FORMS.facts) given = await givenFacts(model, result, options);
  }
  return { measurements, given };
}

async function givenFacts(
  model: LanguageModel,
  { items, promptFormat }: EvaluationResult,
  { signal }: Pick<EvaluateOptions, 'signal'>,
): Promise<GivenFact[]> {
  // In raw text an answer begins with a space, which a model's text may or may not contain.
  const written = items.map(({ id, prompt, history, text }) => ({
    id,
    prompt,
    history,
    text: text && promptFormat === 'raw' ? ` ${text.trimStart()}` : (text ?? null),
  }));
  const sure = await confidences(model, written, DRAWN_FORMS.facts, { signal });
  return items.map(({ id, text = null, scores }) => ({
    id,
    text,
    correct: isOne(scores['exact-match']),
    stated: isOne(scores.stated),
    confidence: sure.get(id) ?? null,
  }));
}

function isOne(score: number | null | undefined): boolean | null {
  return score == null ? null : score === 1;
}
