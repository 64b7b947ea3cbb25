import type { LanguageModel } from '../../chat/index.ts';
import { runningSignal } from '../../notebook/index.ts';
import type { Review } from '../../readers/index.ts';
import { folderLease, type Lease, type OnProgress, withLease } from '../../runs/index.ts';
import type { Generation } from '../../schema.ts';
import { callsOf, type JudgeCall, type JudgePair } from './judge-calls.ts';
import { type JudgePrompt, loadJudgePrompts } from './judge-prompts.ts';
import { openReviews, reviewOf } from './kept-reviews.ts';

/** A judge's answers vary a little. @see Chiang et al. 2023, Vicuna */
const TEMPERATURE = 0.2;
/** Most tokens of a review. */
const MAX_TOKENS = 1024;

/** Options of {@link judgePairs}. */
export interface JudgeOptions {
  /** Default Vicuna's, fetched. */
  prompts?: readonly JudgePrompt[] | undefined;
  /**
   * Folder of the reviews: `reviews.jsonl`, as FastChat has them, and `manifest.json`. The same call
   * resumes there.
   */
  folder?: string | undefined;
  /** Default 0.2. */
  temperature?: number | undefined;
  /** Most tokens of a review; default 1,024. */
  maxTokens?: number | undefined;
  /** Default 0. */
  seed?: number | undefined;
  /** Stops everything; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the number of calls done, of all. */
  onProgress?: OnProgress | undefined;
}

/** Outcome of {@link judgePairs}. */
export interface Judgement {
  /** Two of each pair, one an order. Without scores where they cannot be read or the call failed. */
  reviews: Review[];
  /** Those whose call failed, which the next run in the folder asks again. */
  failed: Review[];
}

/**
 * Asks a model which of two answers is better, each pair in both orders, since judges favour a place. Scores are on
 * the first line of its review, or where it solves a problem first in a tuple at the end.
 *
 * @throws {Error} if a pair occurs twice, or another process judges in the folder.
 * @throws the signal's reason, once it is aborted.
 * @see Gudibande et al. 2023, Appendix C; Zheng et al. 2023, MT-bench, §3.4
 * @example
 * // Given judge, pairs.
 * // Needs public records.
 * const { reviews } = await judgePairs(judge, pairs, { folder: 'runs/judge' })
 * summarizePreference(preferencesOf(reviews), { model: 'imitation' }).equalOrBetter.value // 1
 */
export async function judgePairs(
  judge: LanguageModel,
  pairs: readonly JudgePair[],
  options: JudgeOptions = {},
): Promise<Judgement> {
  const { folder, signal = runningSignal() } = options;
  const output = folder === undefined ? undefined : folderLease(folder);
  return withLease(output, { task: 'judge', signal }, lease => judgeEach(judge, pairs, options, lease));
}

async function judgeEach(
  judge: LanguageModel,
  pairs: readonly JudgePair[],
  options: JudgeOptions,
  { signal, confirm }: Lease,
): Promise<Judgement> {
  const { folder, temperature = TEMPERATURE, maxTokens = MAX_TOKENS, seed = 0, onProgress } = options;
  const calls = callsOf(pairs, options.prompts ?? (await loadJudgePrompts()));
  const settings = { temperature, maxTokens, seed };
  const kept = await openReviews(folder, judge, calls, settings, confirm);
  const reviews = new Map<string, Review>();
  for (const call of calls.values()) {
    const text = kept.textOf(call);
    if (text !== undefined) reviews.set(call.id, reviewOf(text, call));
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
      if (review.error === undefined) await kept.add(call, review);
      reviews.set(call.id, review);
      report();
    }
  }
  await kept.close();
  const inOrder = [...calls.keys()].flatMap(id => reviews.get(id) ?? []);
  return { reviews: inOrder, failed: inOrder.filter(({ error }) => error !== undefined) };
}

function reviewBy({ text, error }: Generation, call: JudgeCall): Review {
  if (text !== null) return reviewOf(text, call);
  const { promptId, first, second } = call;
  const reason = error?.message ?? 'the judge gave no answer';
  return { promptId, first, second, scores: null, text: '', error: reason };
}
