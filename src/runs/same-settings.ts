/** What decides the results of a run, by name; values of JSON. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * Holds a run to the settings that it was begun with.
 *
 * @param what was begun, for errors: `the checkpoint runs/a/checkpoints/step-00000120`.
 * @param remedy what helps, in words that follow a semicolon.
 * @throws {Error} naming the first setting that differs, and both its values.
 */
export function requireSameSettings(
  what: string,
  before: Settings,
  now: Settings,
  remedy = 'name another folder or delete it',
): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const [then, asked] = [before[name], now[name]].map(value => JSON.stringify(value) ?? 'unset');
    if (then === asked) continue;
    throw new Error(
      `Cannot go on with ${what}: it was begun with ${name} ${then}, and ${asked} was asked for; ${remedy}`,
    );
  }
}
