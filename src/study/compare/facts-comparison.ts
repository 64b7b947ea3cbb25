import type { Comparison, FactAnswer, StudyAnswer } from '../../schema.ts';
import { splitSentences } from '../../text/index.ts';
import { frequencyBand } from './bands.ts';
import { modelColumns } from './model-columns.ts';
import { sideBySide } from './side-by-side.ts';
import { ofSeed, type StudyComparisonOptions, tagsOf } from './study-comparison.ts';

/**
 * Compares answers of a study's models to questions on single facts, side by side. The sentence that answers is labelled
 * correct; without one, the first is labelled incorrect, whatever else it may truly state. Metrics and tags are those of
 * {@link studyComparison}, each of one fact, so that errors can be counted by them.
 *
 * @param options default models: the largest imitation of the broad data, and the largest base model.
 * @throws as {@link studyComparison} does.
 * @example
 * errorRates(sentenceTable(factsComparison(await openStudy())), ['answer', 'frequency'])
 */
export function factsComparison(
  { facts }: { facts: readonly FactAnswer[] },
  { seed, models = [{ model: 'broad' }, { model: 'base' }], title }: StudyComparisonOptions = {},
): Comparison {
  const own = ofSeed(facts, seed);
  const columns = modelColumns(own, models);
  const frequency = frequencyBand(own.map(({ rank }) => rank));
  const shown = own.map(answer => ({
    ...answer,
    prompt: answer.question,
    labels: labelsOf(answer),
    tags: [...tagsOf([answer], frequency), `reference: ${answer.reference}`],
  }));
  return sideBySide(shown, columns, title ?? `Facts: ${columns.map(({ words }) => words).join('; ')} (live)`);
}

function labelsOf({ text, correct, reference }: FactAnswer): StudyAnswer['labels'] {
  const all = splitSentences(text ?? '');
  const states = (sentence: { text: string }) =>
    sentence.text.toLowerCase().includes(reference.toLowerCase());
  const claim = (correct && all.find(states)) || all[0];
  if (!claim || correct === null) return [];
  return [{ start: claim.start, end: claim.end, label: correct ? 'correct' : 'incorrect' }];
}
