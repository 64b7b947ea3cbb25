import type { Generation } from '../../schema.ts';
import type { judgeCommand } from '../commands/judge.ts';
import type { InputOf } from '../declare/command.ts';
import { UsageError } from '../exit.ts';
import { askJudge } from './ask-judge.ts';
import { outcomeOfRatings, outcomeOfReviews, printOutcome } from './judge-outcome.ts';
import { printStyleControl } from './style-control.ts';
import { reportUnread, unreadPair, unreadSingle } from './unread.ts';

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
  const { loadReviews, modelRatings, reviewBattles } = await import('../../compare/index.ts');
  const { seed, teacher, styleControl, json } = input;
  const { reviews, singles, answers } = await loadReviews(sources, { answers: input.answers });
  const unread = [
    ...reviews.filter(({ scores }) => scores === null).map(unreadPair),
    ...singles.filter(({ score }) => score === null).map(unreadSingle),
  ];
  if (styleControl) {
    if (reviews.length === 0)
      throw new UsageError(
        `--style-control requires reviews of pairs, got ${singles.length} of single answers`,
      );
    const all = [...answers, ...(await comparedAnswers(input.comparison))];
    await printStyleControl(reviewBattles(reviews, all), all, { seed, teacher, json });
  } else {
    const ofPairs = await outcomeOfReviews(reviews, { seed, evidence: 'public', teacher });
    const ofSingles = { ratings: modelRatings(singles, { seed }) };
    const onlySingles = singles.length > 0 && reviews.length === 0;
    printOutcome({ ...(!onlySingles && ofPairs), ...(singles.length > 0 && ofSingles), unread }, json);
  }
  reportUnread(unread, reviews.length + singles.length, 'they are left out');
}

async function summarizeRatings(source: string, input: Input): Promise<void> {
  const { seed, teacher, styleControl, json } = input;
  const { loadRatings } = await import('../../compare/index.ts');
  // Standard output holds the summary alone.
  const { ratings, answers } = await loadRatings(source, { answers: input.answers, print: console.error });
  if (styleControl) {
    const { ratingBattles } = await import('../../compare/index.ts');
    const all = [...answers, ...(await comparedAnswers(input.comparison))];
    await printStyleControl(ratingBattles(ratings, all), all, { seed, teacher, json });
  } else printOutcome(await outcomeOfRatings(ratings, { seed, teacher }), json);
}

/** Lists the answers of a comparison, by their ids there. */
async function comparedAnswers(source: string | undefined): Promise<Generation[]> {
  if (source === undefined) return [];
  const { compare, comparedGenerations } = await import('../../compare/index.ts');
  return comparedGenerations(await compare(source, { print: console.error }));
}
