import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, writeFileAtomic } from '../../files/index.ts';
import { CHILD_FOLDER, startLocked } from './locked-process.ts';
import { PYODIDE_VERSION, pyodideFolder } from './pyodide-package.ts';

/** Memory of the Python that makes a snapshot; a snapshot holds what it uses of it, about 31 MB. */
const MEMORY = 256 * 2 ** 20;

/**
 * Makes the memory of a Python that has started and runs nothing yet, as a file: from it a process is ready in 0.3 s
 * instead of 1.7 s. It is made once a machine for each version of Node, of Pyodide and of what prepares it.
 *
 * @param pyodide folder of Pyodide's package.
 * @param cache default: the user's cache folder.
 * @returns the file's path.
 * @throws {Error} if Python does not start, or the cache cannot be written.
 */
export async function ensureSnapshot(pyodide: string, cache: string = cacheFolder()): Promise<string> {
  const name = `${PYODIDE_VERSION}-${setUpHash()}-node-${process.version}-${process.arch}.snapshot`;
  const path = join(cache, 'pyodide', name);
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (!there) await writeFileAtomic(path, await makeSnapshot(pyodide));
  return path;
}

let hashed: string | undefined;

/** Hashes the code that prepares Python, once: a snapshot that other code made is none of this version's. */
function setUpHash(): string {
  if (hashed !== undefined) return hashed;
  const hash = createHash('sha256');
  for (const name of ['python-code.mjs', 'python-session.mjs', 'start-python.mjs'])
    hash.update(readFileSync(join(CHILD_FOLDER, name)));
  hashed = hash.digest('hex').slice(0, 8);
  return hashed;
}

async function makeSnapshot(pyodide: string): Promise<Buffer> {
  const child = startLocked({
    pyodide,
    snapshot: null,
    prelude: '',
    program: '',
    milliseconds: 0,
    memory: MEMORY,
    outputBytes: 0,
  });
  const chunks: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', chunk => chunks.push(chunk));
  child.stderr.on('data', chunk => errors.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return Buffer.concat(chunks);
  throw new Error(`Cannot start Python in its sandbox: ${Buffer.concat(errors).toString().trim()}`);
}

/**
 * Does what the first program would have to wait for, and what many at a time would each do.
 *
 * @throws {Error} if untrusted Python cannot run here: without Pyodide, or without Node's permission model.
 */
export async function preparePython(cache?: string): Promise<void> {
  await ensureSnapshot(pyodideFolder(), cache);
}
