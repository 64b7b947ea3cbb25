import type { LanguageModel } from '../../chat/index.ts';
import type { Review, SingleReview } from '../../readers/index.ts';
import { askJudge, type JudgeOptions, type JudgeOutcome } from './ask-judge.ts';
import { type JudgeItem, type JudgePair, pairCalls, singleCalls } from './judge-calls.ts';

/** Outcome of {@link judgePairs}: two reviews of each pair, one an order. */
export type Judgement = JudgeOutcome<Review>;

/**
 * Asks a model which of two answers is better, each pair in both orders, since judges favour a place. Its reply is read
 * by `parsePairReply`, in the form and on the scale of the prompt. Of a pair with a second turn both turns are judged,
 * if a prompt shows them.
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
  return askJudge(judge, prompts => pairCalls(pairs, prompts), options);
}

/**
 * Asks a model to rate single answers, by prompts of the type `single`. Its reply is read by `parseRating`, on the scale
 * of the prompt.
 *
 * @throws {Error} if an answer occurs twice.
 * @throws {RangeError} if no prompt rates a single answer.
 * @throws the signal's reason, once it is aborted.
 * @see Zheng et al. 2023, MT-bench, §3.1
 * @example
 * // Given judge.
 * const answer = { id: 'student', text: 'Paris' }
 * const prompts = parseJudgePrompts('{"type": "single", "prompt_template": "{question} {answer}"}', 'rubric.jsonl')
 * const { reviews } = await judgeAnswers(judge, [{ promptId: '1', prompt: 'Capital?', answer }], { prompts })
 * reviews[0]?.model // 'student'
 */
export async function judgeAnswers(
  judge: LanguageModel,
  items: readonly JudgeItem[],
  options: JudgeOptions = {},
): Promise<JudgeOutcome<SingleReview>> {
  return askJudge(judge, prompts => singleCalls(items, prompts), options);
}
