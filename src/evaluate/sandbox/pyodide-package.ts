import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The version whose insides the sandbox knows and the tests run. */
export const PYODIDE_VERSION = '314.0.7';

/**
 * Finds the folder of Pyodide's package, an optional peer of this one. Loads nothing of it.
 *
 * @param resolve finds a module's file.
 * @throws {Error} saying what to install, if it is missing or of another version.
 */
export function pyodideFolder(
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): string {
  const install = `install it with \`npm install pyodide@${PYODIDE_VERSION}\``;
  let manifest: string;
  try {
    manifest = realpathSync(resolve('pyodide/package.json'));
  } catch (cause) {
    throw new Error(`Cannot run untrusted Python: the package pyodide is required; ${install}`, { cause });
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  if (version === PYODIDE_VERSION) return dirname(manifest);
  throw new Error(
    `Cannot run untrusted Python: pyodide ${PYODIDE_VERSION} is required, found ${version}; ${install}`,
  );
}
