import type { Comparison, Generation, Rating } from '../../schema.ts';
import type { judgeCommand } from '../commands/judge.ts';
import type { InputOf } from '../declare/command.ts';
import { requireFiles } from '../declare/require-files.ts';
import { flagOf } from '../declare/values.ts';
import { FAILED, UsageError } from '../exit.ts';
import { type Outcome, outcomeOfRatings, outcomeOfReviews, outcomeText } from './judge-outcome.ts';
import { openModel } from './open-model.ts';
import { printJson, progressPrinter } from './progress.ts';
import { readingOptions } from './reading-options.ts';
import { printStyleControl } from './style-control.ts';
import { untilInterrupted } from './until-interrupted.ts';

type Input = InputOf<typeof judgeCommand>;

/** Judges answers by a model, or summarizes published judgements. */
export async function run(input: Input): Promise<void> {
  const { reviews, ratings, judge } = input;
  if (ratings !== undefined) await summarizeRatings(ratings, input);
  else if (reviews !== undefined) await summarizeReviews(reviews, input);
  else if (judge !== undefined) await ask(judge, input);
  else throw new UsageError('--judge, --reviews or --ratings is required, got none');
}

async function ask(judge: string, input: Input): Promise<void> {
  const { judgePairs, pairsOf, parseJudgePrompts, reviewBattles } = await import('../../compare/index.ts');
  const { out: folder, temperature, maxTokens, seed, limit, json } = input;
  const comparison = await comparisonOf(input);
  const teacher = comparison.answers.find(({ role }) => role === 'teacher')?.id;
  const pairs = pairsOf({ ...comparison, items: comparison.items.slice(0, limit) });
  const ownPrompts = input.judgePrompts === undefined ? undefined : await load(input.judgePrompts);
  const prompts = ownPrompts && parseJudgePrompts(ownPrompts.text, ownPrompts.name);
  const onProgress = await progressPrinter(input);
  await untilInterrupted(
    async signal => {
      const { model, close } = await openModel({ ...input, model: judge }, { folder });
      try {
        const asked = { prompts, folder, temperature, maxTokens, seed, signal, onProgress };
        const { reviews, failed } = await judgePairs(model, pairs, asked);
        const outcome = await outcomeOfReviews(reviews, { seed, evidence: 'live', teacher });
        print({ ...outcome, failed: failed.length }, json);
        if (input.styleControl) {
          const answers = answersIn(comparison);
          await printStyleControl(reviewBattles(reviews, answers), answers, { seed, teacher, json });
        }
        const [first] = failed;
        if (first === undefined) return;
        console.error(`${failed.length} reviews failed; re-run the command to retry them: ${first.error}`);
        process.exitCode = FAILED;
      } finally {
        await close();
      }
    },
    () => console.error(folder === undefined ? 'Stopped' : `Stopped; re-run with --out ${folder} to resume`),
  );
}

async function comparisonOf(input: Input): Promise<Comparison> {
  const { comparison, teacher, models, prompts } = input;
  const { compare } = await import('../../compare/index.ts');
  // Standard output holds the judgements alone.
  const reading = { ...(await readingOptions(input)), print: console.error };
  if (comparison !== undefined) return compare(comparison, reading);
  if (teacher !== undefined && models !== undefined) {
    await requireFiles({ teacher: { kind: 'source' } }, { teacher }, flagOf);
    return compare({ teacher, models, ...(prompts !== undefined && { prompts }) }, reading);
  }
  throw new UsageError('--comparison, or --teacher and --models, is required with --judge');
}

async function summarizeReviews(sources: readonly string[], input: Input): Promise<void> {
  const { loadReviews, reviewBattles } = await import('../../compare/index.ts');
  const { seed, teacher, styleControl, json } = input;
  const { reviews, answers } = await loadReviews(sources, { answers: input.answers });
  if (styleControl) {
    const all = [...answers, ...(await comparedAnswers(input.comparison))];
    await printStyleControl(reviewBattles(reviews, all), all, { seed, teacher, json });
  } else print(await outcomeOfReviews(reviews, { seed, evidence: 'public', teacher }), json);
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

function answersIn({ items }: Comparison): Generation[] {
  return items.flatMap(({ promptId, answers }) =>
    Object.entries(answers).map(
      ([model, { text }]): Generation => ({ promptId, model, text, finish: 'unknown', evidence: 'public' }),
    ),
  );
}

/** Reads ratings of a sidecar, or of PandaLM, whose file is one array. */
async function readRatings(source: string): Promise<Rating[]> {
  const { parseAnnotations, parsePandaLm } = await import('../../readers/index.ts');
  const { text, name } = await load(source);
  return /^\s*\[/.test(text) ? parsePandaLm(text, name) : parseAnnotations(text, name).ratings;
}

async function load(source: string) {
  const { loadText } = await import('../../data/index.ts');
  return loadText(source);
}

function print(outcome: Outcome, json: boolean | undefined): void {
  if (json) printJson(outcome);
  else console.log(outcomeText(outcome));
}
