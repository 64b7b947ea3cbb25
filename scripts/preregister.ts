import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadJson } from 'imitation-lab/runs';
import { ATTEMPTS, confirmationAttempt, preregistration } from 'imitation-lab/study';
import { say } from './step.mjs';

/**
 * Runs `npm run preregister`: writes `data/preregistration.md` from the claims, checks and seeds that the code states,
 * and from the attempts to confirm the instrument in `data/confirmation.json`.
 *
 * @param root the project's folder.
 * @param argv folder of a study on confirmation seeds, whose checks are added as a further attempt; none by default.
 * @throws {Error} naming seeds that have another role or were used before.
 */
export async function main(root: string, [folder]: readonly string[]): Promise<void> {
  const file = join(root, 'data', 'confirmation.json');
  const earlier = (await loadJson(file, 'attempts to confirm the instrument', ATTEMPTS)) ?? [];
  const attempts = folder === undefined ? earlier : [...earlier, await confirmationAttempt(folder, earlier)];
  if (folder !== undefined) await writeFile(file, `${JSON.stringify(attempts, null, 2)}\n`);
  const target = join(root, 'data', 'preregistration.md');
  const before = await readFile(target, 'utf8').catch(() => '');
  const after = preregistration(attempts);
  await writeFile(target, after);
  say(`${target}: ${after === before ? 'unchanged' : 'written'}, ${attempts.length} attempts`);
}
