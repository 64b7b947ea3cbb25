import { resolve } from 'node:path';
import type { StyleComparison } from '../../compare/index.ts';
import type { Answers } from '../../readers/index.ts';
import type { Estimate, Unmatched } from '../../schema.ts';
import { brokenRule } from '../../text/index.ts';
import type { styleCommand } from '../commands/style.ts';
import type { InputOf } from '../declare/command.ts';
import { UsageError } from '../exit.ts';
import { readingOptions } from './reading-options.ts';

/** Prints the similarity of a model's style to its teacher's. */
export async function run(input: InputOf<typeof styleCommand>): Promise<void> {
  const { seed, resamples, json } = input;
  const { loadAnswers } = await import('../../data/index.ts');
  const { compareStyle } = await import('../../compare/index.ts');
  // Standard output holds the measures alone.
  const loading = { ...(await readingOptions(input)), print: console.error };
  const ofTeacher = await loadAnswers(input.teacher, loading);
  const ofModel =
    resolve(input.model) === resolve(input.teacher) ? ofTeacher : await loadAnswers(input.model, loading);
  const teacher = await namedAnswers(ofTeacher, '--teacher-name', input.teacherName);
  const model = await namedAnswers(ofModel, '--model-name', input.modelName);
  const compared = compareStyle(teacher, model, { seed, resamples });
  process.stdout.write(json ? `${JSON.stringify(compared, null, 2)}\n` : styleText(compared));
}

/** Returns the answers of one model where it is named. @throws {UsageError} if there are none of it. */
async function namedAnswers(answers: Answers, flag: string, name: string | undefined): Promise<Answers> {
  if (name === undefined) return answers;
  const { answersOf, modelsOf } = await import('../../readers/index.ts');
  const models = modelsOf(answers);
  if (models.includes(name)) return answersOf(answers, name);
  throw new UsageError(`${answers.name}: ${flag} ${brokenRule({ enum: models }, name)}`);
}

/** Formats the measures in lines, and what could not be joined. */
function styleText({ teacher, model, n, unmatched, duplicates, note, ...measures }: StyleComparison): string {
  const lines = [
    `${teacher} → ${model}, ${n} ${n === 1 ? 'prompt' : 'prompts'} answered by both; 95 % bootstrap intervals`,
    '',
    estimate('list: P(model | teacher)', measures.list, 3),
    estimate('list: P(model | teacher has none)', measures.listWithout, 3),
    estimate('summary: P(model | teacher)', measures.summary, 3),
    estimate('unigram intersection, %', measures.unigram, 1),
    estimate('length, Pearson r', measures.length, 3),
  ];
  if (note !== undefined) lines.push('', note);
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
