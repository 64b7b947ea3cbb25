/*
 * Natural Questions, in NQ-open's selection: questions that people asked a search engine, answered in a few words.
 *
 *   Q: when was the last time anyone was on the moon
 *   A: 14 December 1972 UTC, or December 1972
 */
import type { FetchOptions } from '../../data/index.ts';
import { type Benchmark, benchmark } from '../benchmark.ts';
import type { EvaluationResult } from '../evaluation-result.ts';
import type { ItemRow } from '../item-row.ts';
import { defineBenchmark } from './define-benchmark.ts';
import { loadItems } from './load-items.ts';

/** A question with every answer that counts. */
export interface NaturalQuestion {
  id: string;
  question: string;
  answers: readonly string[];
}

/** Options of {@link naturalQuestions}. */
export interface NaturalQuestionsOptions extends FetchOptions {
  /** Examples in the prompt: 3, the default, is Table 8; 0 is Table 8 without its examples. */
  shots?: 0 | 3;
  /** Default the 3,610 questions of NQ-open's development set. */
  items?: readonly NaturalQuestion[];
}

/** Most tokens of an answer of one or two words. */
const MAX_TOKENS = 32;

/** Natural Questions in the registry. */
export const NATURAL_QUESTIONS = defineBenchmark({
  name: 'nq',
  title: 'Natural Questions',
  request: 'generate-until',
  options: {
    shots: {
      type: 'integer',
      enum: [0, 3],
      default: 3,
      description: 'examples in the prompt, those of Table 8',
    },
  },
  metrics: {
    exact_match: {
      label: 'Facts, exact match',
      unit: 'share',
      measure: 'facts.exact-match',
      panel: { figure: 4, title: 'Facts (as NQ)' },
    },
  },
  records: ['nq-open/dev'],
  size: { items: 3610, prompt: { mean: 131, longest: 147 }, answer: MAX_TOKENS },
  scorePredictions: evaluatePredictions,
  open: naturalQuestions,
});

/**
 * Opens Natural Questions in the paper's words: a few-shot prompt, and exact match with any of the answers.
 *
 * A base model continues after `A:` and stops at the end of the line; in a chat the first line of the answer counts.
 *
 * @see Gudibande et al. 2023, Table 8; Lee et al. 2019 for exact match
 * @example
 * // Given student.
 * const items = [{ id: '1', question: 'Where is the Louvre?', answers: ['Paris'] }];
 * (await evaluate(student, await naturalQuestions({ shots: 3, items }))).metrics[0]?.value // 1
 */
export async function naturalQuestions(
  options: NaturalQuestionsOptions = {},
): Promise<Benchmark<NaturalQuestion>> {
  const { shots = 3 } = options;
  const { loadPaperData } = await import('../../data/index.ts');
  const { exactMatch } = await import('../../text/index.ts');
  const { template } = await loadPaperData('table8');
  const [announced = '', ...paragraphs] = template.split('\n\n');
  const [reminder = '', head = ''] = paragraphs.slice(-2);
  const examples = paragraphs.slice(0, shots).map(paragraph => {
    const [question = '', answer = ''] = paragraph.split(/(?<=\nA:) /);
    return { question, answer };
  });
  // Without examples, the sentence that announces them goes too.
  const task = announced.replace(/ Here are .*$/, '');
  return benchmark({
    name: NATURAL_QUESTIONS.name,
    shots,
    items: options.items ?? (await loadNaturalQuestions('nq-open/dev', options)),
    buildPrompt: item => {
      const question = `${head} ${item.question}\nA:`;
      return {
        prompt: {
          instruction: `${shots === 0 ? task : announced}\n\n`,
          examples,
          reminder,
          question,
          alone: [task, reminder, question].join('\n\n'),
          stop: ['\n'],
        },
        maxTokens: MAX_TOKENS,
      };
    },
    score: ({ answers }, { text }) => ({ exact_match: exactMatch(firstLine(text), answers) ? 1 : 0 }),
  });
}

/** Returns the first line that is not blank. */
function firstLine(text: string): string {
  return text.split('\n').find(line => line.trim() !== '') ?? '';
}

/**
 * Loads questions as NQ-open writes them: JSON Lines of `question` and `answer`, a list.
 *
 * @param source a path or the name of a public record; default NQ-open's development set.
 * @throws {ReadError} naming file and line.
 * @example
 * // Needs public records.
 * (await loadNaturalQuestions()).length // 3610
 */
export function loadNaturalQuestions(
  source = 'nq-open/dev',
  options: FetchOptions = {},
): Promise<NaturalQuestion[]> {
  return loadItems(
    source,
    {
      required: 'a question and a list of answers',
      read: ({ question, answer }, index) => {
        const answers = Array.isArray(answer) ? answer : [undefined];
        if (typeof question !== 'string' || !answers.every(each => typeof each === 'string'))
          return undefined;
        return { id: `nq-${index + 1}`, question, answers };
      },
    },
    options,
  );
}

/**
 * Scores recorded predictions without a model: JSON Lines of `question` and `prediction`, in any order. A question
 * of NQ-open without a prediction is left out; `n` counts the others.
 *
 * @throws {ReadError} naming file and line, if a row is no prediction or its question none of NQ-open's.
 * @example
 * // Needs public records.
 * const [first] = await loadNaturalQuestions()
 * const text = JSON.stringify({ question: first?.question, prediction: 'Nobody knows.' })
 * const result = await evaluatePredictions({ text, name: 'predictions.jsonl' })
 * result.metrics[0]?.n // 1
 */
export async function evaluatePredictions(
  { text, name }: { text: string; name: string },
  options: FetchOptions = {},
): Promise<EvaluationResult> {
  const { parseJsonl, ReadError, shown } = await import('../../readers/index.ts');
  const { exactMatch } = await import('../../text/index.ts');
  const { evaluationResult } = await import('../evaluation-result.ts');
  const { summarize } = await import('../summarize.ts');
  const items = await loadNaturalQuestions('nq-open/dev', options);
  const byQuestion = new Map(items.map(item => [item.question, item]));
  const rows = parseJsonl(text, name).map(({ at, value }): ItemRow => {
    const { question, prediction } = value;
    const item = byQuestion.get(String(question));
    if (typeof prediction !== 'string' || !item)
      throw new ReadError({ at, required: 'a question of NQ-open and a prediction', found: shown(value) });
    const scores = { exact_match: exactMatch(prediction, item.answers) ? 1 : 0 };
    const row = { id: item.id, prompt: item.question, promptFormat: 'recorded' } as const;
    return { ...row, text: prediction, scores, latency: null, at: '' };
  });
  const run = { benchmark: NATURAL_QUESTIONS.name, shots: 0, model: name, promptFormat: 'recorded' } as const;
  return evaluationResult(run, rows, summarize(rows));
}
