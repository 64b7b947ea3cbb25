import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadText } from '../data/index.ts';
import { exists } from '../files/index.ts';
import { parseJsonl, ReadError, type Row, shown } from '../readers/index.ts';
import { type Guard, loadJson, nullable, number, object, optional, record, string } from '../runs/index.ts';
import type { TimedOutput } from './run-cost.ts';

/** Result of one model on one benchmark, as `imitation-lab evaluate --out` keeps it. */
export interface BenchmarkRun {
  benchmark: string;
  model: string;
  /** Parts that must be equal for results to be compared, by name: prompt format, shots, versions and digests. */
  form: Readonly<Record<string, string>>;
  /** Scores by item. */
  items: ReadonlyMap<string, Readonly<Record<string, number | null>>>;
  /** Metrics in their order. */
  metrics: readonly string[];
  /** Tokens and seconds of its outputs, where they were recorded. */
  outputs: readonly TimedOutput[];
}

/** Name of the part of a form that is the digest of its items. */
export const ITEMS = 'items';

interface ResultFile {
  'n-shot': Record<string, number>;
  versions?: Record<string, string> | undefined;
  config: {
    model: string;
    promptFormat: string;
    promptDigest?: string | undefined;
    data?: string | undefined;
  };
}

const RESULT_FILE: Guard<ResultFile> = object<ResultFile>(
  {
    'n-shot': record(number),
    versions: optional(record(string)),
    config: object<ResultFile['config']>(
      { model: string, promptFormat: string, promptDigest: optional(string), data: optional(string) },
      { open: true },
    ),
  },
  { open: true },
);

const SCORES = record(nullable(number));

/**
 * Loads the results of a folder: those of one run, or of each folder in it that holds one.
 *
 * @throws {Error} if it holds none.
 */
export async function loadBenchmarkRuns(folder: string): Promise<BenchmarkRun[]> {
  const own = await loadRun(folder);
  if (own !== undefined) return [own];
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter(entry => entry.isDirectory()).map(({ name }) => join(folder, name));
  const runs: BenchmarkRun[] = [];
  for (const inner of folders.sort()) {
    const run = await loadRun(inner);
    if (run !== undefined) runs.push(run);
  }
  if (runs.length > 0) return runs;
  throw new Error(
    `Cannot read ${folder}: results.json and items.jsonl of imitation-lab evaluate --out are required, found none`,
  );
}

async function loadRun(folder: string): Promise<BenchmarkRun | undefined> {
  const result = await loadJson(join(folder, 'results.json'), 'the result of a benchmark', RESULT_FILE);
  const path = join(folder, 'items.jsonl');
  if (result === undefined || !(await exists(path))) return undefined;
  const [[benchmark, shots] = ['', 0]] = Object.entries(result['n-shot']);
  const { model, promptFormat, promptDigest, data } = result.config;
  const version = result.versions?.[benchmark];
  const { text } = await loadText(path);
  const rows = parseJsonl(text, path);
  const items = new Map(rows.map(itemOf));
  return {
    benchmark,
    model,
    form: {
      'prompt format': promptFormat,
      shots: String(shots),
      ...(version !== undefined && { version }),
      ...(promptDigest !== undefined && { prompts: promptDigest }),
      ...(data !== undefined && { [ITEMS]: data }),
    },
    items,
    metrics: [...new Set([...items.values()].flatMap(scores => Object.keys(scores)))],
    outputs: rows.map(timeOf),
  };
}

function itemOf({ at, value }: Row): [string, Readonly<Record<string, number | null>>] {
  const { id, scores } = value;
  const problem = SCORES.problem(scores, 'scores');
  if (typeof id === 'string' && problem === undefined) return [id, Object.fromEntries(scoresIn(scores))];
  throw new ReadError({ at, required: 'an item with id and scores', found: shown(value) });
}

function timeOf({ value: { tokens, latency, batch } }: Row): TimedOutput {
  return {
    ...(typeof tokens === 'number' && { tokens }),
    ...(typeof latency === 'number' && { latency }),
    ...(typeof batch === 'number' && { batch }),
  };
}

function scoresIn(scores: unknown): [string, number | null][] {
  return Object.entries(Object(scores)).map(([metric, value]) => [
    metric,
    typeof value === 'number' ? value : null,
  ]);
}
