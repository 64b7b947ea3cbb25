import { lineOf } from '../../files/index.ts';
import { folderLease, withLease } from '../../runs/index.ts';
import type { FactAnswer, StudyAnswer } from '../../schema.ts';
import { seededRandom } from '../../stats/index.ts';
import { readStudy } from './open-study.ts';
import { type Study, type StudyResults, writeStudyFiles } from './study-files.ts';

/** Bytes of answers and facts that are kept. */
const SAMPLE_BYTES = 1_150_000;

type Line = Pick<StudyAnswer | FactAnswer, 'seed' | 'promptId'>;

/**
 * Samples a part of a study that is small enough to be kept beside the code: all rows, and as many answers as fit in
 * `bytes`, half of them to prompts and half about facts. A seed keeps the same prompts for every model, drawn in
 * proportion from the categories, and questions from the relations. The same results give the same sample.
 */
export function sampleResults(results: StudyResults, bytes = SAMPLE_BYTES): StudyResults {
  const { rows, manifest } = results;
  const answers = sampleLines(results.answers, ({ category }) => category, bytes / 2);
  const facts = sampleLines(results.facts, ({ relation }) => relation, bytes / 2);
  const sample = {
    answers: { kept: answers.length, of: results.answers.length },
    facts: { kept: facts.length, of: results.facts.length },
  };
  return { rows, answers, facts, manifest: { ...manifest, sample } };
}

/**
 * Records a study that was run: all its rows, its manifest and a sample of its answers, as in the package.
 *
 * @param from the study's folder.
 * @param to the folder of the record.
 * @param options.signal stops the work before it writes.
 * @throws {Error} if the study has not ended, or is itself a record, or another process writes in the folder of the record.
 */
export async function recordSample(
  from: string,
  to: string,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<Study> {
  const study = await readStudy(from);
  if (study.kind === 'recorded')
    throw new Error(`Cannot record the study in ${from}: it must be whole, got a record with a sample`);
  const { rows, answers, facts, manifest } = sampleResults(study);
  const textOf = (lines: readonly object[]) => lines.map(lineOf).join('');
  const texts = { rows: textOf(rows), answers: textOf(answers), facts: textOf(facts) };
  await withLease(folderLease(to), { task: 'study record', signal }, async lease => {
    await lease.confirm();
    await writeStudyFiles(to, texts, manifest);
  });
  return readStudy(to);
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
