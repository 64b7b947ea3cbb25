import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LanguageModel, Question } from '../../chat/index.ts';
import { parseScores, parseScoreTuple, type Review, type Row } from '../../readers/index.ts';
import type { Generation } from '../../schema.ts';
import {
  type OnProgress,
  openRowFile,
  type RowFile,
  readIfThere,
  requireSameSettings,
  runningSignal,
  startManifest,
  writeFileAtomic,
} from '../../util/index.ts';
import { type JudgePrompt, judgePrompts, judgeQuestion } from './judge-prompts.ts';

/** A judge's answers vary a little. @see Chiang et al. 2023, Vicuna */
const TEMPERATURE = 0.2;
/** Most tokens of a review. */
const MAX_TOKENS = 1024;

/** Two answers to one prompt. */
export interface JudgePair {
  promptId: string;
  prompt: string;
  /** Which of the judge's prompts fits; default the general one. */
  category?: string | undefined;
  answers: readonly [JudgedAnswer, JudgedAnswer];
}

/** An answer by the id of whoever gave it. */
export interface JudgedAnswer {
  id: string;
  text: string;
}

/** How to ask a judge. */
export interface JudgeOptions {
  /** Default Vicuna's, fetched. */
  prompts?: readonly JudgePrompt[] | undefined;
  /** Where the reviews are kept: `reviews.jsonl`, as FastChat has them, and `manifest.json`. Run again, it goes on. */
  folder?: string | undefined;
  /** Default 0.2. */
  temperature?: number | undefined;
  /** Most tokens of a review; default 1,024. */
  maxTokens?: number | undefined;
  /** Default 0. */
  seed?: number | undefined;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Told the calls that are done, of all. */
  onProgress?: OnProgress | undefined;
}

/** What came of asking a judge. */
export interface Judgement {
  /** Two of each pair, one an order. Without scores where they cannot be read or the call failed. */
  reviews: Review[];
  /** Those whose call failed, which the next run in the folder asks again. */
  failed: Review[];
}

/**
 * Asks a model which of two answers is better, each pair in both orders, since judges favour a place. Scores stand on
 * the first line of its review, or where it solves a problem first in a tuple at the end.
 *
 * @throws {Error} if a pair stands twice, or the folder holds reviews by another judge, with other settings, or of a
 *   pair that was asked about in other words. Further pairs are asked about beside those that it holds.
 * @throws the signal's reason, once it is aborted.
 * @see Gudibande et al. 2023, Appendix C; Zheng et al. 2023, MT-bench, §3.4
 * @example
 * const { reviews } = await judgePairs(judge, pairs, { folder: 'runs/judge' })
 * summarizePreference(preferencesOf(reviews), { model: 'Vicuna-13B' }).equalOrBetter
 */
export async function judgePairs(
  judge: LanguageModel,
  pairs: readonly JudgePair[],
  options: JudgeOptions = {},
): Promise<Judgement> {
  const { folder, temperature = TEMPERATURE, maxTokens = MAX_TOKENS, seed = 0, onProgress } = options;
  const signal = options.signal ?? runningSignal();
  const calls = callsOf(pairs, options.prompts ?? (await judgePrompts()));
  const settings = { temperature, maxTokens, seed };
  const kept = await openReviews(folder, { judge: judge.name, ...settings });
  const reviews = new Map<string, Review>();
  for (const call of calls.values()) {
    const row = kept.found.get(call.id);
    if (row !== undefined) reviews.set(call.id, reviewOf(row, call));
  }
  const report = () =>
    onProgress?.({ task: `ask ${judge.name}`, done: reviews.size, total: calls.size, unit: 'reviews' });
  report();
  const asked = [...calls.values()].filter(({ id }) => !reviews.has(id));
  if (asked.length > 0) {
    for await (const answer of judge.generate(asked, { ...settings, chat: true, signal })) {
      const call = calls.get(answer.promptId);
      if (call === undefined) continue;
      const review = reviewBy(answer, call);
      if (review.error === undefined) await kept.add(keptOf(call, review));
      reviews.set(call.id, review);
      report();
    }
  }
  await kept.close();
  const inOrder = [...calls.keys()].flatMap(id => reviews.get(id) ?? []);
  return { reviews: inOrder, failed: inOrder.filter(({ error }) => error !== undefined) };
}

function reviewBy({ text, error }: Generation, { promptId, first, second }: Call): Review {
  const of = { promptId, first, second };
  if (text === null) return { ...of, scores: null, text: '', error: error ?? 'the judge gave no answer' };
  return { ...of, scores: parseScores(text) ?? parseScoreTuple(text), text };
}

/** One call: a pair in one order. */
interface Call extends Question {
  promptId: string;
  first: string;
  second: string;
}

/** Every pair in both orders. @throws {Error} if one stands twice. */
function callsOf(pairs: readonly JudgePair[], prompts: readonly JudgePrompt[]): Map<string, Call> {
  const calls = new Map<string, Call>();
  for (const { promptId, prompt, category, answers } of pairs) {
    for (const [first, second] of [answers, [answers[1], answers[0]]] as const) {
      const id = JSON.stringify([promptId, first.id, second.id]);
      if (calls.has(id))
        throw new Error(
          `Cannot ask a judge: each pair must stand once, found ${first.id} and ${second.id} of prompt ${promptId} twice`,
        );
      const question = { category, question: prompt, first: first.text, second: second.text };
      const { system, text } = judgeQuestion(prompts, question);
      const history = [{ role: 'system' as const, content: system }];
      calls.set(id, { id, text, history, promptId, first: first.id, second: second.id });
    }
  }
  return calls;
}

/** A review as FastChat publishes it; −1 stands for scores that cannot be read. */
interface KeptReview {
  id: string;
  question_id: string;
  answer1_id: string;
  answer2_id: string;
  text: string;
  score: [number, number];
  /** SHA-256 of what the judge was asked. */
  asked: string;
}

/** The reviews of an earlier run, where further ones go, and what ends this run. */
interface KeptReviews extends Pick<RowFile<KeptReview>, 'found' | 'add'> {
  close(): Promise<void>;
}

async function openReviews(
  folder: string | undefined,
  config: { judge: string; temperature: number; maxTokens: number; seed: number },
): Promise<KeptReviews> {
  if (folder === undefined) return { found: new Map(), add: async () => {}, close: async () => {} };
  const path = join(folder, 'manifest.json');
  const begun = await readIfThere(path);
  if (begun !== undefined)
    requireSameSettings(`the reviews of ${path}`, JSON.parse(begun).config ?? {}, config);
  await mkdir(folder, { recursive: true });
  const manifest = await startManifest({ config, seed: config.seed });
  const close = () => writeFileAtomic(path, `${JSON.stringify(manifest(), null, 2)}\n`);
  await close();
  const read = ({ value }: Row) => value as unknown as KeptReview;
  const { found, add } = await openRowFile(join(folder, 'reviews.jsonl'), { read, failed: () => false });
  return { found, add, close };
}

function keptOf(call: Call, { promptId, first, second, scores, text }: Review): KeptReview {
  const score: [number, number] = scores ? [...scores] : [-1, -1];
  const review = { question_id: promptId, answer1_id: first, answer2_id: second, text, score };
  return { id: call.id, ...review, asked: hashOf(call) };
}

/** @throws {Error} if the judge was asked in other words. */
function reviewOf({ text, score, asked }: KeptReview, call: Call): Review {
  const { promptId, first, second } = call;
  if (asked !== hashOf(call))
    throw new Error(
      `Cannot go on with these reviews: ${first} and ${second} of prompt ${promptId} were put to the judge in other words or with other answers; name another folder or delete it`,
    );
  return { promptId, first, second, scores: score[0] < 0 ? null : score, text };
}

function hashOf({ text, history }: Call): string {
  return createHash('sha256')
    .update(JSON.stringify([history, text]))
    .digest('hex');
}
