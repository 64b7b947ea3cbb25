import { resolve } from 'node:path';
import type { CutWords, StyleComparison } from '../../compare/index.ts';
import type { Estimate, Unmatched } from '../../schema.ts';
import type { styleCommand } from '../commands/style.ts';
import type { InputOf } from '../declare/command.ts';
import { namedAnswers } from './named-answers.ts';
import { readingOptions } from './reading-options.ts';

/** Prints the similarity of a model's style to its teacher's. */
export async function run(input: InputOf<typeof styleCommand>): Promise<void> {
  const { seed, resamples, json } = input;
  const { loadAnswers, loadPrompts } = await import('../../data/index.ts');
  const { compareStyle } = await import('../../compare/index.ts');
  // Standard output holds the measures alone.
  const loading = { ...(await readingOptions(input)), print: console.error };
  const ofTeacher = await loadAnswers(input.teacher, loading);
  const ofModel =
    resolve(input.model) === resolve(input.teacher) ? ofTeacher : await loadAnswers(input.model, loading);
  const teacher = await namedAnswers(ofTeacher, '--teacher-name', input.teacherName);
  const model = await namedAnswers(ofModel, '--model-name', input.modelName);
  const prompts = input.prompts === undefined ? [] : await loadPrompts(input.prompts, loading);
  const compared = compareStyle(teacher, model, { prompts, seed, resamples });
  process.stdout.write(json ? `${JSON.stringify(compared, null, 2)}\n` : styleText(compared));
}

/** Formats the measures in lines, and what was cut and what could not be joined. */
function styleText(compared: StyleComparison): string {
  const { teacher, model, n, note, unmatched, duplicates } = compared;
  const lines = [
    `${teacher} → ${model}, ${n} ${n === 1 ? 'prompt' : 'prompts'} answered by both; 95 % intervals: Wilson’s of shares, Newcombe’s of J, else bootstrap`,
    '',
    estimate('list: P(model | teacher)', compared.list, 3),
    estimate('list: P(model | teacher has none)', compared.listWithout, 3),
    estimate('list: J, the difference', compared.listDifference, 3),
    estimate('summary: P(model | teacher)', compared.summary, 3),
    estimate('summary: P(model | teacher has none)', compared.summaryWithout, 3),
    estimate('summary: J, the difference', compared.summaryDifference, 3),
    estimate('unigram intersection, %', compared.unigram, 1),
    estimate('length, Pearson r', compared.length, 3),
    '',
    ...cutText(compared),
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

/** States how many words were measured, and what was cut before. */
function cutText({ teacher, model, words, unknownPrompts }: StyleComparison): string[] {
  const side = (name: string, { answers, kept, reasoning, echo }: CutWords) =>
    `${name}: ${kept} words kept; cut from ${answers} ${answers === 1 ? 'answer' : 'answers'}: ${reasoning} of reasoning, ${echo} of echoed prompts`;
  const lines = [side(teacher, words.teacher), side(model, words.model)];
  if (unknownPrompts > 0)
    lines.push(
      `Prompts whose texts are unknown, so that no echo of them is cut (--prompts): ${unknownPrompts}.`,
    );
  return lines;
}

function estimate(label: string, { value, low, high, n }: Estimate, digits: number): string {
  const print = (number: number | null) => number?.toFixed(digits).replace('-', '−') ?? '–';
  const interval = low === null ? '' : `[${print(low)}, ${print(high)}]`;
  return `${label.padEnd(36)}${print(value).padStart(6)}  ${interval.padEnd(17)} n = ${n}`;
}

function missing({ promptId, missing: models, reason }: Unmatched): string {
  return `  ${promptId}: no answer by ${models.join(', ')}${reason === undefined ? '' : ` (${reason})`}`;
}
