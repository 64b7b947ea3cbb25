import type { JudgeItem, JudgeOptions, JudgePrompt, PromptType } from '../../compare/index.ts';
import type { Review, SingleReview } from '../../readers/index.ts';
import type { Comparison } from '../../schema.ts';
import type { judgeCommand } from '../commands/judge.ts';
import type { InputOf } from '../declare/command.ts';
import { requireFiles } from '../declare/require-files.ts';
import { flagOf } from '../declare/values.ts';
import { FAILED, UsageError } from '../exit.ts';
import { countFailures, type FailureCount, failureLines } from './failure-tally.ts';
import { outcomeOfReviews, printOutcome } from './judge-outcome.ts';
import {
  type JudgedTurns,
  loadTurns,
  withAnswerTurn,
  withPairTurns,
  withPromptTurns,
} from './judged-turns.ts';
import { openModel } from './open-model.ts';
import { progressPrinter } from './progress.ts';
import { readingOptions } from './reading-options.ts';
import { printStyleControl } from './style-control.ts';
import { reportUnread, unreadPair, unreadSingle } from './unread.ts';
import { untilInterrupted } from './until-interrupted.ts';

type Input = InputOf<typeof judgeCommand>;
type Judge = Awaited<ReturnType<typeof openModel>>['model'];

/** Answers to judge, and what their files say of further turns. */
interface Judged {
  comparison: Comparison;
  turns: JudgedTurns;
}

/** Advice on replies that cannot be read. */
const ASK_AGAIN = 're-run the command to ask again';

/** Asks a judge about the answers of a comparison, by pairs or one by one. */
export async function askJudge(judge: string, input: Input): Promise<void> {
  const { out: folder, temperature, maxTokens, seed } = input;
  const judged = await judgedOf(input);
  const prompts = await promptsOf(input);
  const mode = input.mode ?? modeOf(prompts);
  const onProgress = await progressPrinter(input);
  await untilInterrupted(
    async signal => {
      const { model, close } = await openModel({ ...input, model: judge }, { folder, signal, onProgress });
      try {
        const options = { prompts, folder, temperature, maxTokens, seed, signal, onProgress };
        const ask = mode === 'single' ? askSingle : askPairs;
        await ask(model, judged, options, input);
      } finally {
        await close();
      }
    },
    () => console.error(folder === undefined ? 'Stopped' : `Stopped; re-run with --out ${folder} to resume`),
  );
}

async function askPairs(
  model: Judge,
  { comparison, turns }: Judged,
  options: JudgeOptions,
  { limit, seed, json, styleControl }: Input,
): Promise<void> {
  const { comparedGenerations, judgePairs, pairsOf, reviewBattles } = await import('../../compare/index.ts');
  const teacher = comparison.answers.find(({ role }) => role === 'teacher')?.id;
  const compared = pairsOf({ ...comparison, items: comparison.items.slice(0, limit) });
  const pairs = compared.map(pair => withPairTurns(pair, turns));
  const { reviews, failed, unread: replies } = await judgePairs(model, pairs, options);
  const unread = replies.map(unreadPair);
  const failures = failuresOf(failed);
  const outcome = await outcomeOfReviews(reviews, { seed, evidence: 'live', teacher });
  printOutcome({ ...outcome, unread, failed: failed.length, ...failures }, json);
  if (styleControl) {
    const answers = comparedGenerations(comparison);
    await printStyleControl(reviewBattles(reviews, answers), answers, { seed, teacher, json });
  }
  reportUnread(unread, reviews.length, ASK_AGAIN);
  reportFailed(failed.length, failures);
}

async function askSingle(
  model: Judge,
  { comparison, turns }: Judged,
  options: JudgeOptions,
  { limit, seed, json }: Input,
): Promise<void> {
  const { judgeAnswers, modelRatings } = await import('../../compare/index.ts');
  const items = itemsOf({ ...comparison, items: comparison.items.slice(0, limit) }, turns);
  const { reviews, failed, unread: replies } = await judgeAnswers(model, items, options);
  const unread = replies.map(unreadSingle);
  const failures = failuresOf(failed);
  const ratings = modelRatings(reviews, { seed });
  printOutcome({ ratings, unread, failed: failed.length, ...failures }, json);
  reportUnread(unread, reviews.length, ASK_AGAIN);
  reportFailed(failed.length, failures);
}

function itemsOf({ answers, items }: Comparison, turns: JudgedTurns): JudgeItem[] {
  return answers.flatMap(({ id }) =>
    items.flatMap(({ promptId, prompt, category, answers: texts }): JudgeItem[] => {
      const text = texts[id]?.text;
      if (text === undefined) return [];
      const answer = withAnswerTurn(promptId, { id, text }, turns);
      return [withPromptTurns({ promptId, prompt, category, answer }, turns)];
    }),
  );
}

/** Counts failed reviews by kind; nothing where there are none. */
function failuresOf(failed: readonly (Review | SingleReview)[]): { failures?: FailureCount[] } {
  const failures = countFailures(failed, ({ promptId: id, failure: kind, error: message = '' }) =>
    kind ? { id, kind, message } : undefined,
  );
  return failures.length > 0 ? { failures } : {};
}

function reportFailed(count: number, { failures = [] }: { failures?: FailureCount[] }): void {
  if (count === 0) return;
  const head = `${count} reviews failed; re-run the command to retry them`;
  console.error([head, ...failureLines(failures)].join('\n'));
  process.exitCode = FAILED;
}

async function promptsOf({ judgePrompts }: Input): Promise<JudgePrompt[]> {
  const { loadJudgePrompts, parseJudgePrompts } = await import('../../compare/index.ts');
  if (judgePrompts === undefined) return loadJudgePrompts();
  const { loadText } = await import('../../data/index.ts');
  const { text, name } = await loadText(judgePrompts);
  return parseJudgePrompts(text, name);
}

function modeOf(prompts: readonly JudgePrompt[]): PromptType {
  return prompts.every(({ type }) => type === 'single') ? 'single' : 'pairwise';
}

/** Loads what is to be judged, and what the files say beyond it. */
async function judgedOf(input: Input): Promise<Judged> {
  const { comparison, teacher, models, prompts } = input;
  const { compare } = await import('../../compare/index.ts');
  const reading = await readingOptions(input);
  // Standard output holds the judgements alone.
  const options = { ...reading, print: console.error };
  if (comparison !== undefined)
    return { comparison: await compare(comparison, options), turns: await loadTurns([comparison], reading) };
  if (teacher !== undefined && models !== undefined) {
    await requireFiles({ teacher: { kind: 'source' } }, { teacher }, flagOf);
    const given = { teacher, models, ...(prompts !== undefined && { prompts }) };
    const sources = [teacher, ...models, ...(prompts === undefined ? [] : [prompts])];
    return { comparison: await compare(given, options), turns: await loadTurns(sources, reading) };
  }
  throw new UsageError('--comparison, or --teacher and --models, is required with --judge');
}
