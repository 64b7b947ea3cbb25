import { mkdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ensureVenv, type Venv } from '../../scripts/venv.ts';

/** A lock this old was left by a process that died. */
const STALE_MS = 300_000;

/** The Python packages the kernel is tested with, in `build/test-venv`; made when missing or out of date. */
export async function testVenv(): Promise<Venv> {
  const build = resolve(import.meta.dirname, '../../build');
  await mkdir(build, { recursive: true });
  // Test files run side by side, and more than one asks for it.
  const unlock = await lock(join(build, 'test-venv.lock'));
  try {
    return await ensureVenv(join(build, 'test-venv'), join(import.meta.dirname, 'requirements.txt'));
  } finally {
    await unlock();
  }
}

/** Waits for the folder that represents a lock, and returns what opens it again. */
export async function lock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      await mkdir(path);
      return () => rm(path, { recursive: true });
    } catch {
      const held = await stat(path).catch(() => undefined);
      if (held && Date.now() - held.mtimeMs > STALE_MS) await rm(path, { recursive: true, force: true });
      await new Promise(done => setTimeout(done, 100));
    }
  }
}
