import { lineOf } from '../../files/index.ts';
import { folderLease, withLease } from '../../runs/index.ts';
import type { FactAnswer, StudyAnswer } from '../../schema.ts';
import { seededRandom } from '../../stats/index.ts';
import { checkValidity } from '../validity/index.ts';
import { checkSamePlan, joinResults } from './append-record.ts';
import { finishedResults, resultsOf } from './finished-results.ts';
import { readStudy } from './open-study.ts';
import {
  loadManifest,
  readStudyFiles,
  type Study,
  type StudyResults,
  writeStudyFiles,
} from './study-files.ts';

/** Bytes of answers and facts that are kept. */
const SAMPLE_BYTES = 1_150_000;

type Line = Pick<StudyAnswer | FactAnswer, 'seed' | 'promptId'>;

/**
 * Samples a part of a study that is small enough to be kept beside the code: all rows, and as many answers as fit in
 * `bytes`, half of them to prompts and half about facts. A seed keeps the same prompts for every model, drawn in
 * proportion from the categories, and questions from the relations. The same results give the same sample.
 *
 * @param of numbers of the answers from which they are, if the results are themselves a part.
 */
export function sampleResults(
  results: StudyResults,
  bytes = SAMPLE_BYTES,
  of = { answers: results.answers.length, facts: results.facts.length },
): StudyResults {
  const { rows, manifest } = results;
  const answers = sampleLines(results.answers, ({ category }) => category, bytes / 2);
  const facts = sampleLines(results.facts, ({ relation }) => relation, bytes / 2);
  const sample = {
    answers: { kept: answers.length, of: of.answers },
    facts: { kept: facts.length, of: of.facts },
  };
  return { rows, answers, facts, manifest: { ...manifest, sample } };
}

/** Outcome of recording a study. */
export interface StudyRecord {
  study: Study;
  /** Seeds that the record did not hold before. */
  added: readonly number[];
}

/**
 * Records the finished seeds of a study that was run, as in the package: all their rows, the manifest and a sample of the
 * answers. A record that exists keeps its seeds, and those that it lacks are appended, so that each can be recorded when
 * it has ended.
 *
 * @param from the study's folder.
 * @param to the folder of the record.
 * @param options.signal stops the work before it writes.
 * @throws {Error} if no seed has ended, the study is itself a record, the record holds seeds of another plan, or another
 *   process writes in its folder.
 */
export async function recordSample(
  from: string,
  to: string,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<StudyRecord> {
  const finished = await finishedResults(from);
  const added = await withLease(folderLease(to), { task: 'study record', signal }, async lease => {
    const record = (await loadManifest(to)) === undefined ? undefined : await readStudyFiles(to);
    if (record !== undefined) checkSamePlan(to, record.manifest, finished.manifest);
    const known = record?.manifest.seeds ?? [];
    const seeds = finished.manifest.seeds.filter(seed => !known.includes(seed));
    if (seeds.length === 0) return seeds;
    await lease.confirm();
    await writeRecord(to, appended(record, await resultsOf(from, seeds, finished)));
    return seeds;
  });
  return { study: await readStudy(to), added };
}

/** Joins a record and further seeds. */
function appended(record: StudyResults | undefined, added: StudyResults): StudyResults {
  if (record === undefined) return sampleResults(added);
  const joined = joinResults(record, added);
  const { sample } = record.manifest;
  const sampled = sampleResults(joined, SAMPLE_BYTES, {
    answers: (sample?.answers.of ?? record.answers.length) + added.answers.length,
    facts: (sample?.facts.of ?? record.facts.length) + added.facts.length,
  });
  return { ...sampled, manifest: { ...sampled.manifest, checks: checkValidity(joined) } };
}

async function writeRecord(to: string, { rows, answers, facts, manifest }: StudyResults): Promise<void> {
  const textOf = (lines: readonly object[]) => lines.map(lineOf).join('');
  await writeStudyFiles(to, { rows: textOf(rows), answers: textOf(answers), facts: textOf(facts) }, manifest);
}

/** Selects the lines of as many prompts as fit, equally many of each seed, in their order. */
function sampleLines<L extends Line>(
  lines: readonly L[],
  stratumOf: (line: L) => string,
  bytes: number,
): L[] {
  const seeds = [...new Set(lines.map(({ seed }) => seed))].map(seed =>
    promptsOf(
      lines.filter(line => line.seed === seed),
      stratumOf,
    ),
  );
  for (let count = Math.max(0, ...seeds.map(prompts => prompts.length)); count > 0; count--) {
    const kept = new Set(seeds.flatMap(prompts => spaced(prompts, count).flatMap(({ lines }) => lines)));
    if ([...kept].reduce((sum, line) => sum + Buffer.byteLength(lineOf(line)), 0) <= bytes)
      return lines.filter(line => kept.has(line));
  }
  return [];
}

/** Groups a seed's lines by prompt, ordered by stratum and at random within it. */
function promptsOf<L extends Line>(
  lines: readonly L[],
  stratumOf: (line: L) => string,
): { stratum: string; lines: L[] }[] {
  const prompts = new Map<string, { stratum: string; lines: L[] }>();
  for (const line of lines) {
    const prompt = prompts.get(line.promptId) ?? { stratum: stratumOf(line), lines: [] };
    prompt.lines.push(line);
    prompts.set(line.promptId, prompt);
  }
  const shuffled = seededRandom(`sample/${lines[0]?.seed}`).shuffle([...prompts.values()]);
  return shuffled.sort((a, b) => (a.stratum < b.stratum ? -1 : Number(a.stratum > b.stratum)));
}

/** Selects items at equal distances. */
function spaced<Item>(items: readonly Item[], count: number): Item[] {
  if (count >= items.length) return [...items];
  return items.filter((_, place) => {
    const before = Math.floor((place * count) / items.length);
    return Math.floor(((place + 1) * count) / items.length) > before;
  });
}
