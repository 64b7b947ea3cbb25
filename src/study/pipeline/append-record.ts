import type { StudyLeakage } from './leakage.ts';
import { allLeakage } from './leakage.ts';
import { planWorldStudy, worldScale } from './plan-study.ts';
import { planHash } from './record-study.ts';
import type { StudyManifest, StudyOrigin, StudyResults } from './study-files.ts';

/**
 * Refuses to append seeds to a record of another plan: its seeds must have the configuration and the stages that this
 * version plans, as the new ones have.
 *
 * @throws {Error} naming the folder and the seeds.
 */
export function checkSamePlan(folder: string, record: StudyManifest, added: StudyManifest): void {
  const planned = (manifest: StudyManifest) =>
    planHash(planWorldStudy(worldScale(manifest.scale, folder), manifest.seeds).runs) === manifest.plan;
  if (record.scale === added.scale && planned(record) && planned(added)) return;
  const [own, other] = [record, added].map(
    ({ scale, seeds }) => `seeds ${seeds.join(', ')} of scale ${scale}`,
  );
  throw new Error(
    `Cannot record ${other} in ${folder}: a record holds seeds of one plan, got ${own} of other stages or another configuration`,
  );
}

/** Joins a record and further seeds, in the order of the seeds. */
export function joinResults(record: StudyResults, added: StudyResults): StudyResults {
  const seeds = [...record.manifest.seeds, ...added.manifest.seeds].sort((a, b) => a - b);
  const inOrder = <Line extends { seed: number }>(lines: readonly Line[]) =>
    seeds.flatMap(seed => lines.filter(line => line.seed === seed));
  return {
    rows: inOrder([...record.rows, ...added.rows]),
    answers: inOrder([...record.answers, ...added.answers]),
    facts: inOrder([...record.facts, ...added.facts]),
    manifest: joinManifests(record.manifest, added.manifest, seeds),
  };
}

function joinManifests(record: StudyManifest, added: StudyManifest, seeds: readonly number[]): StudyManifest {
  const { sample: _, leakage: __, checks: ___, ...latest } = record.made > added.made ? record : added;
  const stages = [...new Set([...Object.keys(record.seconds), ...Object.keys(added.seconds)])];
  const leaks: StudyLeakage[] = [record.leakage, added.leakage].filter(leakage => leakage !== undefined);
  return {
    ...latest,
    seeds,
    plan: planHash(planWorldStudy(worldScale(record.scale, 'the record'), seeds).runs),
    seconds: Object.fromEntries(
      stages.map(stage => [stage, (record.seconds[stage] ?? 0) + (added.seconds[stage] ?? 0)]),
    ),
    elapsed: record.elapsed + added.elapsed,
    ...(leaks.length > 0 && { leakage: allLeakage(leaks) }),
    origins: [...originsOf(record), ...originsOf(added)],
  };
}

/** Lists where the seeds of a study were run. */
export function originsOf({
  seeds,
  made,
  versions,
  commit,
  device,
  origins,
}: StudyManifest): readonly StudyOrigin[] {
  return origins ?? [{ seeds, made, versions, commit, device }];
}
