import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type EvaluationResult, loadEvaluation } from '../evaluate/index.ts';
import { exists } from '../files/index.ts';
import { didYouMean } from '../text/index.ts';
import type { LoadedSides } from './load-sides.ts';

/** Folders of benchmark results by whose they are. */
export interface BenchmarkFolders {
  teacher?: readonly string[] | undefined;
  base?: readonly string[] | undefined;
  /** By the student's name. */
  students?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Benchmark results by whose they are; students by their ids. */
export interface RunsByRole {
  teacher: EvaluationResult[];
  base: EvaluationResult[];
  students: ReadonlyMap<string, EvaluationResult[]>;
}

/**
 * Loads the results of benchmarks.
 *
 * @throws {RangeError} if a student has another name than those that are compared.
 * @throws {Error} if a folder holds no results.
 */
export async function loadBenchmarks(
  { teacher = [], base = [], students = {} }: BenchmarkFolders,
  { ids, roles }: Pick<LoadedSides, 'ids' | 'roles'>,
): Promise<RunsByRole> {
  const loadAll = async (folders: readonly string[]) =>
    (await Promise.all(folders.map(loadEvaluations))).flat();
  const byStudent = new Map<string, EvaluationResult[]>();
  for (const [name, folders] of Object.entries(students)) {
    const id = ids.get(name) ?? name;
    if (!roles.students.includes(id))
      throw new RangeError(
        `Cannot report benchmarks of student ${name}: one of ${roles.students.join(', ')} is required${didYouMean(name, [...roles.students])}`,
      );
    byStudent.set(id, [...(byStudent.get(id) ?? []), ...(await loadAll(folders))]);
  }
  return { teacher: await loadAll(teacher), base: await loadAll(base), students: byStudent };
}

/**
 * Loads the evaluation of a folder, or those of the folders in it.
 *
 * @throws {Error} if it holds none, and as `loadEvaluation` does.
 */
export async function loadEvaluations(folder: string): Promise<EvaluationResult[]> {
  if (await holdsEvaluation(folder)) return [await loadEvaluation(folder)];
  const entries = await readdir(folder, { withFileTypes: true });
  const results: EvaluationResult[] = [];
  for (const { name } of entries.filter(entry => entry.isDirectory()).sort(byName)) {
    const inner = join(folder, name);
    if (await holdsEvaluation(inner)) results.push(await loadEvaluation(inner));
  }
  if (results.length > 0) return results;
  throw new Error(
    `Cannot read ${folder}: results.json and items.jsonl of imitation-lab evaluate --out are required, found none`,
  );
}

async function holdsEvaluation(folder: string): Promise<boolean> {
  return exists(join(folder, 'results.json'));
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
