import { Command } from 'commander';
import { type ModelOptions, openModel } from '../generate/open-model.ts';
import type { Review } from '../readers/index.ts';
import type { Progress } from '../runs/index.ts';
import type { Comparison, Rating } from '../schema.ts';
import { sharedOptions } from './config-flags.ts';
import { type Outcome, outcomeOfRatings, outcomeOfReviews, outcomeText } from './judge-outcome.ts';
import { number } from './number.ts';
import { INTERRUPTED, untilInterrupted } from './until-interrupted.ts';
import { UsageError } from './usage-error.ts';

interface JudgeFlags extends Omit<ModelOptions, 'model'> {
  comparison?: string;
  teacher?: string;
  models?: string[];
  prompts?: string;
  judge?: string;
  judgePrompts?: string;
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

/** `imitation-lab judge`: which answers a judge model, or human raters, prefer. */
export function judgeCommand(): Command {
  const command = new Command('judge')
    .description('ask a model which answers it prefers, or sum up what raters and judges said')
    .option('--comparison <file>', 'answers of several models, the first or the teacher’s beside each other')
    .option(
      '--teacher <file>',
      'instead: the teacher’s answers, a file or a record; with --reviews and --ratings its name there',
    )
    .option('--models <files...>', 'and those of its imitators')
    .option('--prompts <file>', 'and the prompts, where the answers do not hold them')
    .option('--judge <folder|file|url>', 'the model to ask, as --model of other commands')
    .option('--judge-prompts <file>', 'what it is asked, as FastChat has it (default: Vicuna’s, fetched)')
    .option('--out <folder>', 'keep every review here; run again, it goes on')
    .option('--limit <n>', 'judge the first n prompts alone; with --out a larger one goes on', number)
    .option('--temperature <t>', 'of the judge', number, 0.2)
    .option('--max-tokens <n>', 'most tokens of a review', number, 1024)
    .option('--reviews <files...>', 'sum up published reviews (FastChat, QLoRA), files or records')
    .option('--answers <files...>', 'and the answers that they name by ids, so that models are told apart')
    .option('--ratings <file>', 'sum up human ratings: a sidecar NAME.annotations.jsonl, or PandaLM’s JSON')
    .option('--seed <n>', 'seed of sampling and bootstrap', number, 0);
  for (const option of sharedOptions(
    'modelName',
    'apiKeyEnv',
    'maxTotalTokens',
    'timeout',
    'concurrency',
    'engine',
  ))
    command.addOption(option);
  return command
    .option('--json', 'print progress and the outcome as JSON lines')
    .addHelpText(
      'after',
      '\nA judge sees each pair in both orders. Where the orders disagree it is a tie; a review without two scores on ' +
        'its first line, or in a tuple at its end, leaves the pair unscored.',
    )
    .action(run);
}

async function run(flags: JudgeFlags): Promise<void> {
  const { reviews, ratings, judge, seed, teacher, json } = flags;
  if (ratings !== undefined)
    print(await outcomeOfRatings(await readRatings(ratings), { seed, teacher }), json);
  else if (reviews !== undefined) {
    const read = await readAll(reviews, flags.answers);
    print(await outcomeOfReviews(read, { seed, evidence: 'public', teacher }), json);
  } else if (judge !== undefined) await ask(judge, flags);
  else throw new UsageError('Cannot judge: --judge, --reviews or --ratings is required, found none of them');
}

async function ask(judge: string, flags: JudgeFlags): Promise<void> {
  const { judgePairs, pairsOf, parseJudgePrompts } = await import('../compare/index.ts');
  const { progressLine } = await import('../runs/index.ts');
  const { out: folder, temperature, maxTokens, seed, limit, json } = flags;
  const comparison = await comparisonOf(flags);
  const teacher = comparison.answers.find(({ role }) => role === 'teacher')?.id;
  const pairs = pairsOf({ ...comparison, items: comparison.items.slice(0, limit) });
  const ownPrompts = flags.judgePrompts === undefined ? undefined : await load(flags.judgePrompts);
  const prompts = ownPrompts && parseJudgePrompts(ownPrompts.text, ownPrompts.name);
  const onProgress = json ? (progress: Progress) => console.log(JSON.stringify(progress)) : progressLine();
  const { model, close } = await openModel({ ...flags, model: judge });
  try {
    const stopped = await untilInterrupted(async signal => {
      const asked = { prompts, folder, temperature, maxTokens, seed, signal, onProgress };
      const { reviews, failed } = await judgePairs(model, pairs, asked);
      const outcome = await outcomeOfReviews(reviews, { seed, evidence: 'live', teacher });
      print({ ...outcome, failed: failed.length }, json);
      const [first] = failed;
      if (first === undefined) return;
      console.error(`${failed.length} reviews failed, which the same command asks again: ${first.error}`);
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
  const { parseAnswerOwners, parseReviews, withOwners } = await import('../readers/index.ts');
  const reviews = (await loadTexts(sources)).flatMap(({ text, name }) => parseReviews(text, name));
  const owners = (await loadTexts(answers)).flatMap(({ text, name }) => [...parseAnswerOwners(text, name)]);
  return answers.length === 0 ? reviews : withOwners(reviews, new Map(owners));
}

/** Ratings of a sidecar, or of PandaLM, whose file is one array. */
async function readRatings(source: string): Promise<Rating[]> {
  const { parseAnnotations, parsePandaLm } = await import('../readers/index.ts');
  const { text, name } = await load(source);
  return /^\s*\[/.test(text) ? parsePandaLm(text, name) : parseAnnotations(text, name).ratings;
}

async function load(source: string) {
  const { loadText } = await import('../data/index.ts');
  return loadText(source);
}

function print(outcome: Outcome, json: boolean | undefined): void {
  console.log(json ? JSON.stringify(outcome) : outcomeText(outcome));
}
