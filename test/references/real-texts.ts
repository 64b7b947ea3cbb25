import { fetchRecords, loadText } from '../../src/data/index.ts';
import { parseDocument } from '../../src/readers/parse-document.ts';
import { splitSentences } from '../../src/text/index.ts';

/** Prediction and reference. */
export type TextPair = [string, string];

/** The rows of public records: of one, or of a set. */
export async function recordRows<T>(name: string): Promise<T[]> {
  const rows: T[] = [];
  for (const { path } of await fetchRecords([name])) {
    const file = await loadText(path);
    for (const { value } of parseDocument(file.text, file.name).rows) rows.push(value as T);
  }
  return rows;
}

const alpaca = () => recordRows<{ instruction: string; input: string; output: string }>('alpaca');
const news = () => recordRows<{ article: string; highlights: string }>('cnn-dm/articles');
const hc3 = () => recordRows<{ human_answers: string[]; chatgpt_answers: string[] }>('hc3');
const haluEval = () => recordRows<{ user_query: string; chatgpt_response: string }>('halueval/general');

/**
 * Pairs of sentences from news, human and ChatGPT's answers and Alpaca's: half of them neighbours in the text,
 * half neighbours in the alphabet, which have much in common.
 */
export async function sentencePairs(count: number): Promise<TextPair[]> {
  const texts = [
    ...(await news()).map(row => row.article),
    ...(await hc3()).flatMap(row => [...row.human_answers, ...row.chatgpt_answers]),
    ...(await alpaca()).map(row => row.output),
  ];
  const found: string[] = [];
  for (const text of texts) {
    if (found.length > count) break;
    found.push(...splitSentences(text).map(sentence => sentence.text));
  }
  const neighbours = (list: string[]) =>
    list.slice(1, count / 2 + 1).map((sentence, i): TextPair => [sentence, list[i] ?? '']);
  const sorted = [...new Set(found)].sort();
  const from = Math.floor(sorted.length / 3);
  return [...neighbours(found), ...neighbours(sorted.slice(from).concat(sorted.slice(0, from)))];
}

/** Pairs of answers to the same query and of summaries with their news; then Alpaca's answers side by side. */
export async function answerPairs(count: number): Promise<TextPair[]> {
  const rows = await alpaca();
  const davinci = new Map(rows.map(row => [row.instruction, row.output]));
  const pairs: TextPair[] = [
    ...(await hc3()).map((row): TextPair => [row.chatgpt_answers[0] ?? '', row.human_answers[0] ?? '']),
    ...(await news()).map((row): TextPair => [row.article.slice(0, 1000), row.highlights]),
    ...(await haluEval()).flatMap(({ user_query, chatgpt_response }): TextPair[] => {
      const answer = davinci.get(user_query);
      return answer === undefined ? [] : [[answer, chatgpt_response]];
    }),
  ];
  const sorted = rows.map(row => row.output).sort();
  for (let i = 1; pairs.length < count; i++) pairs.push([sorted[i] ?? '', sorted[i - 1] ?? '']);
  return pairs.slice(0, count);
}

/** The 3,610 questions of Natural Questions with their answers, and what models were recorded to answer. */
export async function nqItems(): Promise<{ question: string; answers: string[]; predictions: string[] }[]> {
  const recorded = await recordRows<Record<string, string>>('qa-eval/nq');
  const byQuestion = new Map(recorded.map(row => [row.question, row]));
  const models = ['fid', 'gpt35', 'chatgpt', 'gpt4', 'newbing'];
  return (await recordRows<{ question: string; answer: string[] }>('nq-open/dev')).map(
    ({ question, answer }) => {
      const row = byQuestion.get(question) ?? {};
      return {
        question,
        answers: answer,
        predictions: models.flatMap(model => row[`answer_${model}`] ?? []),
      };
    },
  );
}
