import type { FetchOptions } from '../data/index.ts';
import { loadPaperData, loadText } from '../data/index.ts';
import { parseJsonl, ReadError, shown } from '../readers/index.ts';
import { exactMatch } from '../text/index.ts';
import { type Benchmark, benchmark } from './benchmark.ts';
import type { ItemRow } from './item-log.ts';
import { type EvaluationResult, evaluationResult } from './result.ts';
import { summarize } from './summarize.ts';

/** A question with every answer that counts. */
export interface NaturalQuestion {
  id: string;
  question: string;
  answers: readonly string[];
}

/** How to ask Natural Questions. */
export interface NaturalQuestionsOptions extends FetchOptions {
  /** Examples in the prompt: 3 is Table 8, 0 is Table 8 without its examples. */
  shots: 0 | 3;
  /** Items of one's own; default the 3,610 of NQ-open's development set. */
  items?: readonly NaturalQuestion[];
}

/** Most tokens of an answer of one or two words. */
const MAX_TOKENS = 32;

/**
 * Natural Questions in the paper's words: a few-shot prompt, and exact match with any of the answers.
 *
 * A base model goes on after `A:` and stops at the end of the line; in a chat the first line of the answer counts.
 *
 * @see Gudibande et al. 2023, Table 8; Lee et al. 2019 for exact match
 */
export async function naturalQuestions(
  options: NaturalQuestionsOptions,
): Promise<Benchmark<NaturalQuestion>> {
  const { shots } = options;
  const { template } = await loadPaperData('table8');
  const paragraphs = template.split('\n\n');
  // Without examples, what announces them goes too.
  const told =
    shots === 3 ? paragraphs : [paragraphs[0]?.replace(/ Here are .*$/, '') ?? '', ...paragraphs.slice(-2)];
  const prompt = told.join('\n\n');
  return benchmark({
    name: 'nq',
    shots,
    items: options.items ?? (await naturalQuestionItems(options)),
    buildPrompt: ({ question }, promptFormat) => ({
      prompt: `${prompt} ${question}\nA:`,
      maxTokens: MAX_TOKENS,
      ...(promptFormat === 'raw' && { stop: ['\n'] }),
    }),
    score: ({ answers }, { text }) => ({ exact_match: exactMatch(firstLine(text), answers) ? 1 : 0 }),
  });
}

/** The development set of NQ-open. */
export async function naturalQuestionItems(options: FetchOptions = {}): Promise<NaturalQuestion[]> {
  const { text, name } = await loadText('nq-open/dev', options);
  return readNaturalQuestions(text, name);
}

/**
 * Reads questions as NQ-open writes them: JSON Lines of `question` and `answer`, a list.
 *
 * @throws {ReadError} naming file and line.
 */
export function readNaturalQuestions(text: string, name: string): NaturalQuestion[] {
  return parseJsonl(text, name).map(({ at, value }, index) => {
    const { question, answer } = value;
    if (
      typeof question === 'string' &&
      Array.isArray(answer) &&
      answer.every(each => typeof each === 'string')
    )
      return { id: `nq-${index + 1}`, question, answers: answer };
    throw new ReadError({ at, required: 'a question and a list of answers', found: shown(value) });
  });
}

/** The first line with something on it. */
function firstLine(text: string): string {
  return text.split('\n').find(line => line.trim() !== '') ?? '';
}

/**
 * Recorded predictions scored without a model: JSON Lines of `question` and `prediction`, in any order. A question
 * of NQ-open without a prediction is left out; `n` says how many were there.
 *
 * @throws {ReadError} naming file and line, if a row is no prediction or its question none of NQ-open's.
 */
export async function evaluatePredictions(
  { text, name }: { text: string; name: string },
  options: FetchOptions = {},
): Promise<EvaluationResult> {
  const items = await naturalQuestionItems(options);
  const byQuestion = new Map(items.map(item => [item.question, item]));
  const rows = parseJsonl(text, name).map(({ at, value }): ItemRow => {
    const { question, prediction } = value;
    const item = byQuestion.get(String(question));
    if (typeof prediction !== 'string' || !item)
      throw new ReadError({ at, required: 'a question of NQ-open and a prediction', found: shown(value) });
    const scores = { exact_match: exactMatch(prediction, item.answers) ? 1 : 0 };
    return { id: item.id, prompt: item.question, text: prediction, scores, latency: null, at: '' };
  });
  const run = { benchmark: 'nq', shots: 0, model: name, promptFormat: 'raw' as const };
  return evaluationResult(run, rows, summarize(rows));
}
