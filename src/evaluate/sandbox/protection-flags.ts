/**
 * Returns Node's options for a process that may read a few files and otherwise reach nothing: no writing, no other
 * processes, no threads, no native code, and, where Node can deny it, no network.
 *
 * @param readable files and folders that it may read.
 * @param known options that this Node knows; default its own.
 * @throws {Error} if this Node has no permission model: then nothing untrusted may run.
 * @see https://nodejs.org/api/permissions.html
 */
export function protectionFlags(
  readable: readonly string[],
  known: { has(flag: string): boolean } = process.allowedNodeEnvironmentFlags,
): string[] {
  const permission = ['--permission', '--experimental-permission'].find(flag => known.has(flag));
  if (permission === undefined) {
    throw new Error(
      `Cannot run untrusted Python: Node's permission model (Node 20 or newer) is required, ` +
        `found ${process.title} ${process.version} without it`,
    );
  }
  return [permission, ...readable.map(path => `--allow-fs-read=${path}`)];
}
