import type { PlannedRun } from './planned-run.ts';

/**
 * How much has to be done from the beginning of each run to the end of the longest chain that waits for it, in the
 * seconds of their costs. Whoever takes the ready run with most of it keeps all cores busy longest.
 *
 * @param plan each run after those whose results it takes.
 * @throws {Error} if a run stands twice, or before a run whose result it takes.
 */
export function pathCosts(plan: readonly PlannedRun[]): Map<string, number> {
  const seen = new Set<string>();
  for (const { id, label, inputs } of plan) {
    if (seen.has(id))
      throw new Error(`Cannot order the plan: each run must stand once, found ${label} twice`);
    for (const [name, input] of Object.entries(inputs)) {
      if (seen.has(input)) continue;
      throw new Error(
        `Cannot order the plan: ${label} takes its ${name} of ${input}, which must stand before it`,
      );
    }
    seen.add(id);
  }
  const behind = new Map<string, number>();
  const paths = new Map<string, number>();
  for (const { id, cost, inputs } of plan.toReversed()) {
    const path = cost + (behind.get(id) ?? 0);
    paths.set(id, path);
    for (const input of Object.values(inputs)) behind.set(input, Math.max(path, behind.get(input) ?? 0));
  }
  return paths;
}
