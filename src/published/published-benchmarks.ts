import { type FetchOptions, loadText } from '../data/index.ts';
import { gsm8k } from '../evaluate/index.ts';
import { parseDocument, parseJsonl, ReadError, shown } from '../readers/index.ts';
import type { Estimate, Evidence } from '../schema.ts';
import { share } from '../stats/index.ts';
import { exactMatch } from '../text/index.ts';
import type { DotRow } from './rows.ts';

const PUBLIC: Evidence = 'public';

/** Solutions that OpenAI published for GSM8K's test set, by their names in the records and in figures. */
const SOLVERS = {
  '6b_finetuning': ['GPT-3 6B', 'fine-tuned'],
  '175b_finetuning': ['GPT-3 175B', 'fine-tuned'],
  '6b_verification': ['GPT-3 6B', 'best of 100, by a verifier'],
  '175b_verification': ['GPT-3 175B', 'best of 100, by a verifier'],
} as const;

/**
 * Scores GSM8K by size, on the solutions that OpenAI published: the last number of each, which is `gsm8k`'s metric
 * `flexible`.
 *
 * @throws {ReadError} naming file and line, if a row lacks a solution.
 * @see Cobbe et al. 2021
 * @example
 * // Needs public records.
 * (await publishedGsm8k())[0]?.label // 'GPT-3 6B'
 */
export async function publishedGsm8k(options: FetchOptions = {}): Promise<DotRow[]> {
  const { items, score } = await gsm8k(options);
  const byQuestion = new Map(items.map(item => [item.question, item]));
  const { text, name } = await loadText('gsm8k/example-solutions', options);
  const rows = parseJsonl(text, name);
  return Promise.all(
    Object.entries(SOLVERS).map(async ([solver, [label, series]]) => {
      const right = await Promise.all(
        rows.map(async ({ at, value }) => {
          const item = byQuestion.get(String(value.question));
          const { solution } = (value[solver] ?? {}) as { solution?: unknown };
          if (item === undefined || typeof solution !== 'string')
            throw new ReadError({
              at,
              required: `a question of GSM8K with a solution ${solver}`,
              found: shown(value),
            });
          return (await score(item, { text: solution, logprobs: [] })).flexible === 1;
        }),
      );
      return dot({ panel: 'GSM8K', label, series }, right);
    }),
  );
}

/** Models that answer in QA-Eval, by their names in the records and in figures. */
const ANSWERERS = {
  fid: 'FiD, trained on NQ',
  gpt35: 'text-davinci-003',
  chatgpt: 'ChatGPT',
  gpt4: 'GPT-4',
} as const;

/**
 * Scores Natural Questions on the answers that QA-Eval published: exact match, and what its annotators found right.
 * Its models answer in sentences, which exact match does not forgive. Questions that the annotators call improper are
 * left out, as is an answer that is missing.
 *
 * @throws {ReadError} naming the row, if it lacks an answer.
 * @see Wang et al. 2023, Evaluating Open-QA Evaluation
 * @example
 * // Needs public records.
 * (await publishedNaturalQuestions())[0]?.label // 'FiD, trained on NQ'
 */
export async function publishedNaturalQuestions(options: FetchOptions = {}): Promise<DotRow[]> {
  const { text, name } = await loadText('qa-eval/nq', options);
  const rows = parseDocument(text, name).rows.filter(({ value }) => value.improper !== true);
  return Object.entries(ANSWERERS).flatMap(([key, label]) => {
    const judged = rows.flatMap(({ at, value }) => {
      const { golden_answer: golden, [`answer_${key}`]: answer, [`judge_${key}`]: judge } = value;
      if (answer === null) return [];
      if (typeof golden !== 'string' || typeof answer !== 'string' || typeof judge !== 'boolean')
        throw new ReadError({
          at,
          required: `golden_answer, answer_${key} and judge_${key}`,
          found: shown(value),
        });
      return { exact: exactMatch(answer, golden.split('/')), judge };
    });
    const place = { panel: 'Natural Questions', label };
    return [
      dot(
        { ...place, series: 'right by annotators' },
        judged.map(({ judge }) => judge),
      ),
      dot(
        { ...place, series: 'exact match' },
        judged.map(({ exact }) => exact),
      ),
    ];
  });
}

function dot(place: Pick<DotRow, 'panel' | 'label' | 'series'>, right: readonly boolean[]): DotRow {
  const { value, low, high, n } = scaled(share(right.filter(Boolean).length, right.length));
  return { ...place, value, low, high, n, evidence: PUBLIC };
}

function scaled({ value, low, high, n }: Estimate): Estimate {
  const percent = (part: number | null) => (part === null ? null : 100 * part);
  return { value: percent(value), low: percent(low), high: percent(high), n };
}
