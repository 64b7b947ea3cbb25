/**
 * Holds this process to Node's permission model: no file but those it was given, no writing, no other
 * processes, no threads.
 *
 * @param {{has(scope: string, reference?: string): boolean} | undefined} permission `process.permission`,
 *   which Node leaves out where no permission model is in force.
 * @param {string} outside a file that this process was not given.
 * @throws {Error} if anything is allowed that must not be.
 */
export function requireProtection(permission, outside) {
  const open = [
    permission?.has('fs.read', outside) !== false && 'reading other files',
    permission?.has('fs.write') !== false && 'writing files',
    permission?.has('child') !== false && 'starting processes',
    permission?.has('worker') !== false && 'starting threads',
  ].filter(Boolean);
  if (open.length === 0) return;
  throw new Error(
    `Cannot run untrusted Python: Node's permission model must deny all of it, found it to allow ${open.join(', ')}`,
  );
}
