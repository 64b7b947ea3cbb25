import { Command, InvalidArgumentError } from 'commander';
import type { StyleComparison } from '../compare/index.ts';
import type { Estimate, Unmatched } from '../schema.ts';

interface StyleFlags {
  teacher: string;
  model: string;
  teacherName?: string;
  modelName?: string;
  seed: number;
  resamples: number;
  json?: boolean;
}

/** `imitation-lab style`: Table 2 for one pair of models. */
export function styleCommand(): Command {
  return new Command('style')
    .description('measure how much a model writes like its teacher (Table 2)')
    .requiredOption('--teacher <file>', 'the teacher’s answers: a file in any known format, or a record name')
    .requiredOption('--model <file>', 'the model’s answers: the same')
    .option('--teacher-name <name>', 'the teacher, where its file holds several models')
    .option('--model-name <name>', 'the model, where its file holds several')
    .option('--seed <number>', 'seed of the bootstrap', count, 0)
    .option('--resamples <number>', 'bootstrap resamples behind each 95 % interval', count, 2000)
    .option('--json', 'print JSON: every measure as {value, low, high, n}; unigram in percent')
    .action(async (flags: StyleFlags) => {
      const { compareStyle } = await import('../compare/index.ts');
      const teacher = await load(flags.teacher, flags.teacherName);
      const model = await load(flags.model, flags.modelName);
      const style = compareStyle(teacher, model, { seed: flags.seed, resamples: flags.resamples });
      process.stdout.write(flags.json ? `${JSON.stringify(style, null, 2)}\n` : styleText(style));
    });
}

async function load(source: string, name: string | undefined) {
  const { loadAnswers } = await import('../data/index.ts');
  const { answersOf, modelsOf } = await import('../readers/index.ts');
  const answers = await loadAnswers(source);
  if (name === undefined) return answers;
  if (modelsOf(answers).includes(name)) return answersOf(answers, name);
  throw new Error(
    `Cannot take ${name} from ${source}: it holds ${modelsOf(answers).join(', ') || 'no answers'}`,
  );
}

/** The measures in lines to read, and whatever could not be joined. */
function styleText({ teacher, model, n, unmatched, duplicates, ...measures }: StyleComparison): string {
  const lines = [
    `${teacher} → ${model}, ${n} ${n === 1 ? 'prompt' : 'prompts'} answered by both; 95 % bootstrap intervals`,
    '',
    estimate('list: P(model | teacher)', measures.list, 3),
    estimate('list: P(model | teacher has none)', measures.listWithout, 3),
    estimate('summary: P(model | teacher)', measures.summary, 3),
    estimate('unigram intersection, %', measures.unigram, 1),
    estimate('length, Pearson r', measures.length, 3),
  ];
  if (unmatched.length > 0) lines.push('', `Not measured, ${unmatched.length}:`, ...unmatched.map(missing));
  if (duplicates.length > 0)
    lines.push(
      '',
      `Second answers left out, ${duplicates.length}:`,
      ...duplicates.map(({ promptId, answer }) => `  ${promptId}: ${answer}`),
    );
  return `${lines.join('\n')}\n`;
}

function estimate(label: string, { value, low, high, n }: Estimate, digits: number): string {
  const print = (number: number | null) => number?.toFixed(digits) ?? '–';
  const interval = low === null ? '' : `[${print(low)}, ${print(high)}]`;
  return `${label.padEnd(36)}${print(value).padStart(6)}  ${interval.padEnd(17)} n = ${n}`;
}

function missing({ promptId, missing: models, reason }: Unmatched): string {
  return `  ${promptId}: no answer by ${models.join(', ')}${reason === undefined ? '' : ` (${reason})`}`;
}

function count(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && text.trim() !== '') return number;
  throw new InvalidArgumentError('an integer of at least 0 is required');
}
