import { didYouMean } from '../text/index.ts';
import { type BenchmarkRun, loadBenchmarkRuns } from './benchmark-run.ts';
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
  teacher: BenchmarkRun[];
  base: BenchmarkRun[];
  students: ReadonlyMap<string, BenchmarkRun[]>;
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
    (await Promise.all(folders.map(loadBenchmarkRuns))).flat();
  const byStudent = new Map<string, BenchmarkRun[]>();
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
