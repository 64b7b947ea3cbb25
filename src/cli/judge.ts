import { Command } from 'commander';
import type { PositionBias } from '../compare/index.ts';
import type { Review } from '../readers/index.ts';
import type { Comparison, Estimate, Preference } from '../schema.ts';
import type { PreferenceSummary } from '../stats/index.ts';
import type { Progress } from '../util/index.ts';
import { sharedOptions } from './config-flags.ts';
import { number } from './number.ts';
import { type ModelOptions, openModel } from './open-model.ts';
import { INTERRUPTED, untilInterrupted } from './until-interrupted.ts';
import { UsageError } from './usage-error.ts';

interface JudgeFlags extends Omit<ModelOptions, 'model'> {
  comparison?: string;
  teacher?: string;
  models?: string[];
  prompts?: string;
  judge?: string;
  reviews?: string[];
  answers?: string[];
  ratings?: string;
  out?: string;
  limit?: number;
  temperature: number;
  maxTokens: number;
  seed: number;
  json?: boolean;
}

/** What is printed: of each model how often it is preferred to those that it was compared with. */
interface Outcome {
  preference: PreferenceSummary[];
  positionBias?: PositionBias;
  /** Calls that failed; the same command asks them again. */
  failed?: number;
}

/** `imitation-lab judge`: which answers a judge model, or human raters, prefer. */
export function judgeCommand(): Command {
  const command = new Command('judge')
    .description('ask a model which answers it prefers, or sum up what raters and judges said')
    .option('--comparison <file>', 'answers of several models, the first or the teacher’s beside each other')
    .option(
      '--teacher <file>',
      'instead: the teacher’s answers, a file or a record; with --reviews its name there',
    )
    .option('--models <files...>', 'and those of its imitators')
    .option('--prompts <file>', 'and the prompts, where the answers do not hold them')
    .option('--judge <folder|file|url>', 'the model to ask, as --model of other commands')
    .option('--out <folder>', 'keep every review here; run again, it goes on')
    .option('--limit <n>', 'judge the first n prompts alone', number)
    .option('--temperature <t>', 'of the judge', number, 0.2)
    .option('--max-tokens <n>', 'most tokens of a review', number, 1024)
    .option('--reviews <files...>', 'sum up published reviews (FastChat, QLoRA), files or records')
    .option('--answers <files...>', 'and the answers that they name by ids, so that models are told apart')
    .option('--ratings <file>', 'sum up human ratings: a sidecar NAME.annotations.jsonl')
    .option('--seed <n>', 'seed of sampling and bootstrap', number, 0);
  for (const option of sharedOptions('modelName', 'keyVariable', 'budget', 'parallel', 'engine'))
    command.addOption(option);
  return command
    .option('--json', 'print progress and the outcome as JSON lines')
    .addHelpText(
      'after',
      '\nA judge sees each pair in both orders. Where the orders disagree it is a tie; a review without two scores on ' +
        'its first line leaves the pair unscored.',
    )
    .action(run);
}

async function run(flags: JudgeFlags): Promise<void> {
  const { reviews, ratings, judge, seed, json } = flags;
  if (ratings !== undefined) {
    const { annotations } = await import('../compare/index.ts');
    const { summarizeRatings } = await import('../stats/index.ts');
    const { votes: _, ...summary } = summarizeRatings((await annotations(ratings)).ratings, { seed });
    print({ preference: [summary] }, json);
  } else if (reviews !== undefined) {
    const read = await readAll(reviews, flags.answers);
    print(await outcomeOf(read, { seed, evidence: 'public', teacher: flags.teacher }), json);
  } else if (judge !== undefined) await ask(judge, flags);
  else throw new UsageError('Cannot judge: --judge, --reviews or --ratings is required, found none of them');
}

async function ask(judge: string, flags: JudgeFlags): Promise<void> {
  const { judgePairs, pairsOf } = await import('../compare/index.ts');
  const { progressLine } = await import('../util/index.ts');
  const { out: folder, temperature, maxTokens, seed, limit, json } = flags;
  const comparison = await comparisonOf(flags);
  const teacher = comparison.answers.find(({ role }) => role === 'teacher')?.id;
  const pairs = pairsOf({ ...comparison, items: comparison.items.slice(0, limit) });
  const onProgress = json ? (progress: Progress) => console.log(JSON.stringify(progress)) : progressLine();
  const { model, close } = await openModel({ ...flags, model: judge });
  try {
    const stopped = await untilInterrupted(async signal => {
      const asked = { folder, temperature, maxTokens, seed, signal, onProgress };
      const { reviews, failed } = await judgePairs(model, pairs, asked);
      const outcome = await outcomeOf(reviews, { seed, evidence: 'live', teacher });
      print({ ...outcome, failed: failed.length }, json);
      const [first] = failed;
      if (first === undefined) return;
      console.error(`${failed.length} reviews failed, which the same command asks again: ${first.reason}`);
      process.exitCode = 1;
    });
    if (!stopped) return;
    console.error(folder === undefined ? 'stopped' : `stopped: the same command goes on with ${folder}`);
    process.exitCode = INTERRUPTED;
  } finally {
    await close();
  }
}

async function comparisonOf({ comparison, teacher, models, prompts }: JudgeFlags): Promise<Comparison> {
  const { compare } = await import('../compare/index.ts');
  if (comparison !== undefined) return compare(comparison);
  if (teacher !== undefined && models !== undefined)
    return compare({ teacher, models, ...(prompts !== undefined && { prompts }) });
  throw new UsageError('Cannot judge: --comparison, or --teacher and --models, is required');
}

async function readAll(sources: readonly string[], answers: readonly string[] = []): Promise<Review[]> {
  const { loadTexts } = await import('../data/index.ts');
  const { readAnswerOwners, readReviews, withOwners } = await import('../readers/index.ts');
  const reviews = (await loadTexts(sources)).flatMap(({ text, name }) => readReviews(text, name));
  const owners = (await loadTexts(answers)).flatMap(({ text, name }) => [...readAnswerOwners(text, name)]);
  return answers.length === 0 ? reviews : withOwners(reviews, new Map(owners));
}

/**
 * Of each pair of models how often the one that is not the teacher is preferred.
 *
 * @param teacher default the model that most others were compared with, of several the first one.
 */
async function outcomeOf(
  reviews: readonly Review[],
  {
    seed,
    evidence,
    teacher,
  }: { seed: number; evidence: Preference['evidence']; teacher?: string | undefined },
): Promise<Outcome> {
  const { positionBias, preferencesOf } = await import('../compare/index.ts');
  const { summarizePreference } = await import('../stats/index.ts');
  const pairs = new Map<string, Preference[]>();
  for (const preference of preferencesOf(reviews, evidence)) {
    const key = JSON.stringify([preference.a, preference.b]);
    pairs.set(key, [...(pairs.get(key) ?? []), preference]);
  }
  const other = teacher ?? mostCompared(reviews);
  const preference = [...pairs.values()].map(ofPair => {
    const { a = '', b = '' } = ofPair[0] ?? {};
    return summarizePreference(ofPair, { model: a === other ? b : a, seed });
  });
  return { preference, positionBias: positionBias(reviews) };
}

/** The model that was compared with most others, of several the one that was reviewed first. */
function mostCompared(reviews: readonly Review[]): string | undefined {
  const others = new Map<string, Set<string>>();
  const meet = (one: string, two: string) => others.set(one, (others.get(one) ?? new Set()).add(two));
  for (const { first, second } of reviews) {
    meet(first, second);
    meet(second, first);
  }
  return [...others].sort(([, x], [, y]) => y.size - x.size)[0]?.[0];
}

function print(outcome: Outcome, json: boolean | undefined): void {
  if (json) {
    console.log(JSON.stringify(outcome));
    return;
  }
  for (const { model, others, wins, ties, losses, unscored, n, equalOrBetter } of outcome.preference) {
    console.log(
      `${model} beside ${others.join(', ')}: ${wins} wins, ${ties} ties, ${losses} losses, ${unscored} unscored; equal or better ${percent(equalOrBetter)}, n = ${n}`,
    );
  }
  const { positionBias: bias } = outcome;
  if (bias === undefined || bias.consistent.n === 0) return;
  console.log(
    `Both orders agree in ${percent(bias.consistent)} of ${bias.consistent.n} pairs; the first place wins both in ${percent(bias.first)}, the second in ${percent(bias.second)}`,
  );
}

function percent({ value, low, high }: Estimate): string {
  if (value === null || low === null || high === null) return '–';
  const [share, from, to] = [value, low, high].map(part => (100 * part).toFixed(1));
  return `${share} % [${from}, ${to}]`;
}
