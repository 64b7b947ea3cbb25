import { type FetchOptions, findRecords, loadAnswers, loadRecordCatalogue, loadText } from '../data/index.ts';
import { type Answers, parseHaluEval, type UnplacedSpan } from '../readers/index.ts';
import type { Comparison } from '../schema.ts';
import { assemble } from './assemble.ts';
import { displayed } from './comparison-bundle.ts';

/** ChatGPT's labelled answers side by side with another model's, and what could not be shown. */
export interface HaluEvalComparison {
  comparison: Comparison;
  /** Spans without a place in their answer. */
  unplaced: UnplacedSpan[];
  /** Answers that annotators read; those in which they marked nothing are not shown. */
  annotated: number;
}

/** Model that wrote Alpaca's answers. */
const OTHER = 'text-davinci-003';

/**
 * Compares ChatGPT's answers in which annotators of HaluEval marked spans as hallucinated with text-davinci-003's
 * answers to the same queries, as Alpaca holds them: Figure 2 on public records, with labels by people. Only
 * ChatGPT's answers were annotated: a sentence without a label there was read and not marked, one of the other's was
 * never read.
 *
 * @throws as fetching records does.
 * @see Li et al. 2023, HaluEval
 * @example
 * // Needs public records.
 * const { comparison } = await haluEvalComparison()
 * errorRates(sentenceTable(comparison), ['answer'])
 */
export async function haluEvalComparison(options: FetchOptions = {}): Promise<HaluEvalComparison> {
  const { text, name } = await loadText('halueval/general-spans', options);
  const { answers, labels, unplaced } = parseHaluEval(text, name);
  const marked = new Set([...labels, ...unplaced].map(({ promptId }) => promptId));
  const prompts = answers.prompts.filter(({ id }) => marked.has(id));
  const of = (all: Answers): Answers => ({
    ...all,
    prompts: [],
    generations: all.generations.filter(({ promptId }) => marked.has(promptId)),
  });
  const alpaca: Answers = { format: 'rows', name: 'alpaca', prompts: [], generations: [] };
  for (const { name } of findRecords(options.catalogue ?? (await loadRecordCatalogue()), 'alpaca'))
    alpaca.generations.push(...of(await loadAnswers(name, { ...options, model: OTHER })).generations);
  const columns = [
    { label: 'ChatGPT', answers: of(answers) },
    { label: OTHER, answers: alpaca },
  ];
  const { items, ...comparison } = assemble(columns, {
    teacher: 'ChatGPT',
    prompts,
    roles: { [OTHER]: 'other' },
  });
  return {
    comparison: displayed({
      ...comparison,
      title: 'ChatGPT’s answers with the spans that annotators marked, beside text-davinci-003’s (public)',
      items: items.map(item => ({
        ...item,
        labels: labels.filter(label => label.promptId === item.promptId),
      })),
    }),
    unplaced,
    annotated: answers.generations.length,
  };
}
