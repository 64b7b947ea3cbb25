import type { AskedFact, Comparison, StudyAnswer } from '../../schema.ts';
import type { HypothesisPlace } from '../hypotheses/places.ts';
import { frequencyBand } from './bands.ts';
import { modelColumns } from './model-columns.ts';
import { sideBySide } from './side-by-side.ts';

/** Options of {@link studyComparison}. */
export interface StudyComparisonOptions {
  /** One repetition of the study; default all of them. */
  seed?: number | undefined;
  /** Default the teacher, the largest imitation of the broad data, and the largest base model. */
  models?: readonly HypothesisPlace[] | undefined;
  title?: string | undefined;
}

const DEFAULT_MODELS: readonly HypothesisPlace[] = [
  { model: 'teacher' },
  { model: 'broad' },
  { model: 'base' },
];

/**
 * Compares answers of a study's models to the prompts that all of them answer, side by side, every sentence labelled by
 * the known truth: Figure 2, live. Metrics of an answer are the share of its checkable sentences that is true, and the
 * model's confidence. Tags `NAME: VALUE` describe the facts that a prompt asks for: `kind`, `relation` and `frequency`
 * in the corpus, by thirds; `confidence band` is that of the first imitation model.
 *
 * @throws {RangeError} naming the model, or the seed, of which there is no answer.
 * @see Gudibande et al. 2023, Figure 2
 * @example
 * studyComparison(await openStudy(), { seed: 1, models: [{ model: 'teacher' }, { model: 'broad', size: 'smallest' }] })
 */
export function studyComparison(
  { answers }: { answers: readonly StudyAnswer[] },
  { seed, models = DEFAULT_MODELS, title }: StudyComparisonOptions = {},
): Comparison {
  const own = ofSeed(answers, seed);
  const columns = modelColumns(own, models);
  const frequency = frequencyBand(own.flatMap(({ facts }) => facts.map(({ rank }) => rank)));
  const shown = own.map(answer => ({ ...answer, tags: tagsOf(answer.facts, frequency) }));
  return sideBySide(shown, columns, title ?? `${columns.map(({ words }) => words).join('; ')} (live)`);
}

/** Selects the answers of one repetition, or of all. @throws {RangeError} if there are none. */
export function ofSeed<Of extends { seed: number }>(answers: readonly Of[], seed: number | undefined): Of[] {
  const own = answers.filter(answer => seed === undefined || answer.seed === seed);
  const seeds = [...new Set(answers.map(answer => answer.seed))].join(', ');
  if (own.length === 0)
    throw new RangeError(
      `Cannot compare a study's answers: those of ${seed === undefined ? 'a seed' : `seed ${seed}`} are required, got ${seeds ? `those of ${seeds}` : 'none'}`,
    );
  return own;
}

/** Lists the tags of facts, each once. */
export function tagsOf(facts: readonly AskedFact[], frequency: (rank: number) => string): string[] {
  const tags = facts.flatMap(({ kind, relation, rank }) => [
    `kind: ${kind}`,
    `relation: ${relation}`,
    `frequency: ${frequency(rank)}`,
  ]);
  return [...new Set(tags)];
}
