import type { BenchmarkFolders, FailRule, Report } from '../../report/index.ts';
import type { reportCommand } from '../commands/report.ts';
import type { InputOf } from '../declare/command.ts';
import { FAILED, UsageError } from '../exit.ts';
import { openJudge } from './open-model.ts';
import { progressPrinter } from './progress.ts';
import { readingOptions } from './reading-options.ts';
import { untilInterrupted } from './until-interrupted.ts';

type Input = InputOf<typeof reportCommand>;

/** Reports whether students are as good as their teacher, and writes the report. */
export async function run(input: Input): Promise<void> {
  const { out, json } = input;
  const rules = await rulesOf(input.failIf ?? []);
  const benchmarks = foldersOf(input.benchmarks ?? []);
  await untilInterrupted(
    async signal => {
      const made = await makeReport(input, benchmarks, signal);
      if (json) process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
      else await printReport(made, out);
      await failBy(rules, made);
    },
    () => console.error(`Stopped; re-run with --out ${out} to resume`),
  );
}

async function makeReport(input: Input, benchmarks: BenchmarkFolders, signal: AbortSignal): Promise<Report> {
  const { report } = await import('../../report/index.ts');
  const { teacher, student, base, secondTeacher, prompts, training, ratings, title, out, seed, resamples } =
    input;
  const sources = { teacher, students: student, base, secondTeacher, prompts, training, ratings };
  const onProgress = await progressPrinter({ quiet: input.quiet ?? input.json });
  // Standard output holds the report alone.
  const print = input.quiet ? undefined : console.error;
  const options = { title, out, seed, resamples, benchmarks, signal, onProgress, print };
  const reading = await readingOptions(input);
  const all = { ...sources, ...options, ...reading };
  if (input.judge === undefined) return report(all);
  const judgePrompts = await judgePromptsOf(input);
  const opened = await openJudge(input.judge, input, { folder: out });
  try {
    return await report({ ...all, judge: opened.model, judgePrompts });
  } finally {
    await opened.close();
  }
}

async function judgePromptsOf({ judgePrompts }: Input) {
  if (judgePrompts === undefined) return undefined;
  const { parseJudgePrompts } = await import('../../compare/index.ts');
  const { loadText } = await import('../../data/index.ts');
  const { text, name } = await loadText(judgePrompts);
  return parseJudgePrompts(text, name);
}

async function printReport(made: Report, out: string): Promise<void> {
  const { reportText } = await import('../../report/index.ts');
  console.log(reportText(made));
  console.log(`\nWrote report.html, report.json, report.ipynb and report.compare.jsonl to ${out}`);
}

/** Reads `ROLE=FOLDER`. @throws {UsageError} if a role is none of a report. */
function foldersOf(given: readonly string[]): BenchmarkFolders {
  const teacher: string[] = [];
  const base: string[] = [];
  const students: Record<string, string[]> = {};
  for (const text of given) {
    const [, role = '', folder = ''] = /^(teacher|base|student:.+?)=(.+)$/s.exec(text) ?? [];
    if (role === '')
      throw new UsageError(
        `--benchmarks must be ROLE=FOLDER with teacher, base or student:NAME as the role, got ${JSON.stringify(text)}`,
      );
    if (role === 'teacher') teacher.push(folder);
    else if (role === 'base') base.push(folder);
    else {
      const name = role.slice('student:'.length);
      students[name] = [...(students[name] ?? []), folder];
    }
  }
  return { teacher, base, students };
}

async function rulesOf(texts: readonly string[]): Promise<FailRule[]> {
  const { parseFailRule } = await import('../../report/index.ts');
  try {
    return texts.map(parseFailRule);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`--fail-if ${error.message}`);
    throw error;
  }
}

/** Prints the students that break a rule, and ends the command with a failure if there are any. */
async function failBy(rules: readonly FailRule[], made: Report): Promise<void> {
  const { failuresOf } = await import('../../report/index.ts');
  const failures = rules.flatMap(rule => failuresOf(made, rule));
  for (const { student, rule, value } of failures)
    console.error(
      `${rule}: ${student} ${value === null ? 'was not measured' : `has ${Number(value.toPrecision(3))}`}`,
    );
  if (failures.length > 0) process.exitCode = FAILED;
}
