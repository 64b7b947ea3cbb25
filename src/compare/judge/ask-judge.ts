import type { LanguageModel } from '../../chat/index.ts';
import { runningSignal } from '../../notebook/index.ts';
import { folderLease, type Lease, type OnProgress, withLease } from '../../runs/index.ts';
import type { Failure } from '../../schema.ts';
import type { JudgeCall } from './judge-calls.ts';
import { type JudgePrompt, loadJudgePrompts } from './judge-prompts.ts';
import { openReviews } from './kept-reviews.ts';

/** A judge's answers vary a little. @see Chiang et al. 2023, Vicuna */
const TEMPERATURE = 0.2;
/** Most tokens of a review. */
const MAX_TOKENS = 1024;
/** Failure of a call that states none. */
const NO_ANSWER: Failure = { kind: 'no-answer', message: 'the judge gave no answer' };

/** Options of {@link judgePairs} and {@link judgeAnswers}. */
export interface JudgeOptions {
  /** Default Vicuna's, fetched. */
  prompts?: readonly JudgePrompt[] | undefined;
  /**
   * Folder of the reviews: `reviews.jsonl`, as FastChat has them, and `manifest.json`. The same call
   * resumes there, and asks again for reviews that failed or could not be read.
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

/** Reviews of a judge, in the order of its calls. */
export interface JudgeOutcome<Outcome> {
  reviews: Outcome[];
  /** Those whose call failed, which the next run in the folder asks again. */
  failed: Outcome[];
  /** Those without scores that can be read, which the next run in the folder asks again. */
  unread: Outcome[];
}

/**
 * Asks a judge what the folder does not hold.
 *
 * @throws {Error} if another process judges in the folder.
 * @throws the signal's reason, once it is aborted.
 */
export async function askJudge<Outcome>(
  judge: LanguageModel,
  callsOf: (prompts: readonly JudgePrompt[]) => readonly JudgeCall<Outcome>[],
  options: JudgeOptions,
): Promise<JudgeOutcome<Outcome>> {
  const { folder, signal = runningSignal() } = options;
  const calls = callsOf(options.prompts ?? (await loadJudgePrompts()));
  const output = folder === undefined ? undefined : folderLease(folder);
  return withLease(output, { task: 'judge', signal }, lease => askEach(judge, calls, options, lease));
}

async function askEach<Outcome>(
  judge: LanguageModel,
  calls: readonly JudgeCall<Outcome>[],
  options: JudgeOptions,
  { signal, confirm }: Lease,
): Promise<JudgeOutcome<Outcome>> {
  const { folder, temperature = TEMPERATURE, maxTokens = MAX_TOKENS, seed = 0, onProgress } = options;
  const settings = { temperature, maxTokens, seed };
  const kept = await openReviews(folder, judge, calls, settings, confirm);
  const outcomes = new Map<string, Outcome>();
  const failed = new Set<string>();
  /** Number of times that each call was asked before, with replies that could not be read. */
  const retries = new Map<string, number>();
  for (const call of calls) {
    const row = kept.find(call);
    if (row === undefined) continue;
    const outcome = call.read(row.text);
    outcomes.set(call.id, outcome);
    if (!call.isRead(outcome)) retries.set(call.id, (row.retries ?? 0) + 1);
  }
  const asked = calls.filter(({ id }) => !outcomes.has(id) || retries.has(id));
  let done = calls.length - asked.length;
  const report = () =>
    onProgress?.({ task: `ask ${judge.name}`, done, total: calls.length, unit: 'reviews' });
  report();
  if (asked.length > 0) {
    const byId = new Map(asked.map(call => [call.id, call]));
    // Another sample, since the same one would be the same reply.
    const questions = asked.map(({ id, text, history }) => ({ id, text, history, sample: retries.get(id) }));
    for await (const { promptId, text, error } of judge.generate(questions, {
      ...settings,
      chat: true,
      signal,
    })) {
      const call = byId.get(promptId);
      if (call === undefined) continue;
      if (text !== null) {
        const outcome = call.read(text);
        await kept.add(call, outcome, text, retries.get(promptId) ?? 0);
        outcomes.set(promptId, outcome);
      } else {
        failed.add(promptId);
        outcomes.set(promptId, call.fail(error ?? NO_ANSWER));
      }
      done++;
      report();
    }
  }
  await kept.close();
  const found = (holds: (call: JudgeCall<Outcome>, outcome: Outcome) => boolean) =>
    calls.flatMap(call => {
      const outcome = outcomes.get(call.id);
      return outcome !== undefined && holds(call, outcome) ? [outcome] : [];
    });
  return {
    reviews: found(() => true),
    failed: found(({ id }) => failed.has(id)),
    unread: found((call, outcome) => !failed.has(call.id) && !call.isRead(outcome)),
  };
}
