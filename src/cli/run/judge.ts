import type { Generation, Rating } from '../../schema.ts';
import type { judgeCommand } from '../commands/judge.ts';
import type { InputOf } from '../declare/command.ts';
import { UsageError } from '../exit.ts';
import { askJudge } from './ask-judge.ts';
import { type Outcome, outcomeOfRatings, outcomeOfReviews, outcomeText } from './judge-outcome.ts';
import { printJson } from './progress.ts';
import { answersIn, printStyleControl } from './style-control.ts';
import { reportUnread, unreadReview } from './unread.ts';

type Input = InputOf<typeof judgeCommand>;

/** Judges answers by a model, or summarizes published judgements. */
export async function run(input: Input): Promise<void> {
  const { reviews, ratings, judge } = input;
  if (ratings !== undefined) await summarizeRatings(ratings, input);
  else if (reviews !== undefined) await summarizeReviews(reviews, input);
  else if (judge !== undefined) await askJudge(judge, input);
  else throw new UsageError('--judge, --reviews or --ratings is required, got none');
}

async function summarizeReviews(sources: readonly string[], input: Input): Promise<void> {
  const { loadReviews, reviewBattles } = await import('../../compare/index.ts');
  const { seed, teacher, styleControl, json } = input;
  const { reviews, answers } = await loadReviews(sources, { answers: input.answers });
  const unread = reviews
    .filter(({ scores }) => scores === null)
    .map(review => unreadReview(review, [review.first, review.second]));
  if (styleControl) {
    const all = [...answers, ...(await comparedAnswers(input.comparison))];
    await printStyleControl(reviewBattles(reviews, all), all, { seed, teacher, json });
  } else {
    const outcome = await outcomeOfReviews(reviews, { seed, evidence: 'public', teacher });
    print({ ...outcome, unread }, json);
  }
  reportUnread(unread, reviews.length, 'they are left out');
}

async function summarizeRatings(source: string, input: Input): Promise<void> {
  const { seed, teacher, styleControl, json } = input;
  const ratings = await readRatings(source);
  if (styleControl) {
    const { loadAnswers } = await import('../../data/index.ts');
    const { ratingBattles } = await import('../../compare/index.ts');
    const loaded = await Promise.all((input.answers ?? []).map(answers => loadAnswers(answers)));
    const given = loaded.flatMap(({ generations }) => generations);
    const all = [...given, ...(await comparedAnswers(input.comparison))];
    await printStyleControl(ratingBattles(ratings, all), all, { seed, teacher, json });
  } else print(await outcomeOfRatings(ratings, { seed, teacher }), json);
}

/** Lists the answers of a comparison, by their ids there. */
async function comparedAnswers(source: string | undefined): Promise<Generation[]> {
  if (source === undefined) return [];
  const { compare } = await import('../../compare/index.ts');
  return answersIn(await compare(source, { print: console.error }));
}

/** Reads ratings of a sidecar, or of PandaLM, whose file is one array. */
async function readRatings(source: string): Promise<Rating[]> {
  const { loadText } = await import('../../data/index.ts');
  const { parseAnnotations, parsePandaLm } = await import('../../readers/index.ts');
  const { text, name } = await loadText(source);
  return /^\s*\[/.test(text) ? parsePandaLm(text, name) : parseAnnotations(text, name).ratings;
}

function print(outcome: Outcome, json: boolean | undefined): void {
  if (json) printJson(outcome);
  else console.log(outcomeText(outcome));
}
