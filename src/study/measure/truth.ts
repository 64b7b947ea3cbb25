import type { Generation, SentenceLabel } from '../../schema.ts';
import { clusteredShare, type ResampleOptions } from '../../stats/index.ts';
import { type Measurement, measured } from './measurement.ts';

/** Labels the sentences of an answer by the known truth; `ambiguous` claims nothing that can be checked. */
export type LabelAnswer = (answer: {
  promptId: string;
  model: string;
  text: string;
}) => readonly Pick<SentenceLabel, 'label'>[];

/** Numbers of true and false claims of an answer. */
export interface Claims {
  correct: number;
  incorrect: number;
}

/** Counts the sentences of an answer that claim something. */
export function claimsOf(labels: readonly Pick<SentenceLabel, 'label'>[]): Claims {
  const count = (wanted: SentenceLabel['label']) => labels.filter(({ label }) => label === wanted).length;
  return { correct: count('correct'), incorrect: count('incorrect') };
}

/**
 * Measures the share of checkable sentences that are true: `n` counts sentences. The 95 % interval draws whole answers,
 * since the sentences of one depend on each other.
 */
export function measureTruth(
  answers: readonly Generation[],
  label: LabelAnswer,
  options: ResampleOptions = {},
): Measurement {
  const claims = answers.flatMap(({ promptId, model, text }) =>
    text === null ? [] : [claimsOf(label({ promptId, model, text }))],
  );
  const estimate = clusteredShare(
    claims.map(({ correct, incorrect }) => ({ successes: correct, n: correct + incorrect })),
    options,
  );
  return measured(
    'truth.correct',
    estimate,
    answers.length - claims.length,
    'no sentence claims anything that can be checked',
  );
}
