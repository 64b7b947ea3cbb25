import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FactAnswer, StudyAnswer, StudyRow } from '../../../src/schema.ts';
import type { StudyManifest, StudyResults } from '../../../src/study/pipeline/study-files.ts';

/** A row of the study below. */
export function row(
  model: StudyRow['model'],
  seed: number,
  measure: string,
  value: number | null,
  [size, budget]: readonly [number | null, number | null] = [null, null],
): StudyRow {
  const around =
    value === null ? { low: null, high: null, n: 0 } : { low: value - 0.1, high: value + 0.1, n: 20 };
  const reason = value === null ? { reason: 'the model tells no log-likelihoods' } : {};
  return {
    model,
    size,
    budget,
    seed,
    measure,
    value,
    ...around,
    unscored: value === null ? 20 : 0,
    ...reason,
    evidence: 'live',
  };
}

export const MANIFEST: StudyManifest = {
  scale: 'mini',
  seeds: [7, 8, 9],
  config: { world: 'mini' },
  plan: 'ab'.repeat(32),
  made: '2026-11-23T12:00:00.000Z',
  seconds: { world: 20, pretrain: 600 },
  elapsed: 330,
  versions: { node: '20.20.2', 'tensorflow-cpu': '2.21.0' },
  commit: '0123456789abcdef+',
  device: { platform: 'linux x64', cpu: 'EPYC', cores: 2, memoryGiB: 8 },
};

const MODELS = [
  { model: 'teacher', size: null, budget: null },
  { model: 'base', size: 12_000, budget: null },
  { model: 'broad', size: 12_000, budget: 5000 },
] as const;

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Two sizes of base model and one imitation model over three seeds, and the teacher. */
export const RESULTS: StudyResults = {
  rows: [7, 8, 9].flatMap(seed => [
    row('teacher', seed, 'facts.exact-match', 1),
    row('teacher', seed, 'choice.accuracy', null),
    row('base', seed, 'facts.exact-match', 0.2, [3000, null]),
    row('base', seed, 'facts.exact-match', 0.1 * seed - 0.1, [12_000, null]),
    row('broad', seed, 'facts.exact-match', 0.1, [12_000, 5000]),
  ]),
  answers: [7, 8, 9].flatMap(seed =>
    MODELS.flatMap(who =>
      upTo(10).map(
        (index): StudyAnswer => ({
          promptId: `p${index}`,
          prompt: `Tell me of ${index}.`,
          facts: [],
          category: index < 8 ? 'General QA' : 'Coding',
          ...who,
          seed,
          text: `Of ${index}.`,
          finish: 'stop',
          labels: [],
          confidence: null,
          evidence: 'live',
        }),
      ),
    ),
  ),
  facts: [7, 8, 9].flatMap(seed =>
    MODELS.flatMap(who =>
      upTo(8).map(
        (index): FactAnswer => ({
          promptId: `f${index}`,
          question: `Where was ${index} born?`,
          reference: 'Ulm',
          ...who,
          seed,
          kind: 'person',
          relation: index < 6 ? 'birthplace' : 'employer',
          rank: index + 1,
          text: 'Ulm',
          correct: true,
          stated: true,
          confidence: who.size === null ? null : 0.5,
        }),
      ),
    ),
  ),
  manifest: MANIFEST,
};

/** Writes results as a study leaves them. */
export async function writeResults(folder: string, results: StudyResults = RESULTS): Promise<void> {
  const { manifest, ...lines } = results;
  await mkdir(folder, { recursive: true });
  for (const [name, rows] of Object.entries(lines))
    await writeFile(join(folder, `${name}.jsonl`), rows.map(line => `${JSON.stringify(line)}\n`).join(''));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
}
