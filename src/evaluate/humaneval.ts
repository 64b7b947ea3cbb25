import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type FetchOptions, fetchRecord } from '../data/index.ts';
import { parseJsonl, ReadError, shown, textOf } from '../readers/index.ts';
import type { Prompt } from '../schema.ts';

/** One problem: its text is the beginning of a program, which a model continues. */
export interface HumanEvalProblem extends Prompt {
  /** Name of the function that is asked for. */
  entryPoint: string;
  /** Python that defines `check(candidate)`. */
  test: string;
  /** A completion that is right. */
  solution: string;
}

/** An answer ends before the first of these, so that it holds the function that was begun and no more. */
export const HUMANEVAL_STOPS = ['\nclass', '\ndef', '\n#', '\nif', '\nprint'] as const;

/** Seconds that a program may take. */
export const HUMANEVAL_TIMEOUT = 3;

/**
 * The 164 problems of HumanEval, from the public record `humaneval/problems`.
 *
 * @throws {Error} if the record cannot be fetched.
 * @see Chen et al. 2021, Evaluating Large Language Models Trained on Code
 */
export async function humanEvalProblems(options: FetchOptions = {}): Promise<HumanEvalProblem[]> {
  const { path } = await fetchRecord('humaneval/problems', options);
  return readHumanEval(gunzipSync(await readFile(path)).toString('utf8'), basename(path));
}

/**
 * Reads problems in HumanEval's form: JSON Lines of `task_id`, `prompt`, `entry_point`, `test` and
 * `canonical_solution`.
 *
 * @param name the file's name, for errors.
 * @throws {ReadError} naming file and line, if a problem lacks one of them.
 */
export function readHumanEval(text: string, name: string): HumanEvalProblem[] {
  return parseJsonl(text, name).map(row => {
    const field = (key: string): string => {
      const value = textOf(row, [key]);
      if (value !== undefined) return value;
      throw new ReadError({ at: row.at, required: `a string under "${key}"`, found: shown(row.value) });
    };
    return {
      id: field('task_id'),
      text: field('prompt'),
      entryPoint: field('entry_point'),
      test: field('test'),
      solution: field('canonical_solution'),
      source: name,
    };
  });
}

/** The program that decides whether a completion solves the problem: it raises nothing if so. */
export function humanEvalProgram({ text, test, entryPoint }: HumanEvalProblem, completion: string): string {
  return `${text}${completion}\n${test}\ncheck(${entryPoint})`;
}
