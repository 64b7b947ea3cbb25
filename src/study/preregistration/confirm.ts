import { readStudy } from '../pipeline/open-study.ts';
import { checkValidity } from '../validity/index.ts';
import type { ConfirmationAttempt } from './attempt.ts';
import { FRESH_SEEDS } from './seeds.ts';

/**
 * Reads the attempt of a study on confirmation seeds, 201 and up.
 *
 * @param earlier attempts, none of whose seeds may be used again.
 * @throws {Error} naming a seed that has another role, or that an earlier attempt used.
 */
export async function confirmationAttempt(
  folder: string,
  earlier: readonly ConfirmationAttempt[],
): Promise<ConfirmationAttempt> {
  const { rows, manifest } = await readStudy(folder);
  const { seeds, made, plan } = manifest;
  const used = new Set(earlier.flatMap(attempt => attempt.seeds));
  const { first, last, count } = FRESH_SEEDS;
  const wrong = seeds.filter(seed => seed < first || seed > last || used.has(seed));
  if (seeds.length !== count || wrong.length > 0)
    throw new Error(
      `Cannot confirm the instrument by ${folder}: ${count} fresh seeds from ${first} to ${last} are required, got ${seeds.join(', ')}`,
    );
  const checks = checkValidity({ rows, manifest });
  return { seeds, made, plan, valid: checks.every(({ passed }) => passed), checks };
}
