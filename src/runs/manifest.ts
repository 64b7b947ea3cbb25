import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot, sha256File, writeFileAtomic } from '../files/index.ts';

/** Record of what a result was made from: enough to make it again, or to explain why it differs. */
export interface Manifest {
  config: unknown;
  seed: number;
  versions: Record<string, string>;
  /** Commit of the working tree the run started in, with `+` where files had changed; null outside of git. */
  commit: string | null;
  /** SHA-256 of each input file, by path. */
  inputs: Record<string, string>;
  device: { platform: string; cpu: string; cores: number; memoryGiB: number };
  /** ISO 8601 time at which the run started. */
  started: string;
  /** Wall time in seconds. */
  seconds: number;
}

/**
 * Starts the record of a run.
 *
 * @param run.config the options that decide the result.
 * @param run.inputs paths of the files that were read.
 * @param run.folder where to look for the git commit; default the current folder.
 * @returns a function that gives the manifest at the time of the call, at the end of the run.
 * @example
 * const finish = await startManifest({ config: { shots: 3 }, seed: 1, inputs: ['answers.jsonl'] })
 * finish().seed // 1
 */
export async function startManifest(run: {
  config: unknown;
  seed: number;
  inputs?: readonly string[];
  folder?: string;
}): Promise<() => Manifest> {
  const start = performance.now();
  const { config, seed, inputs = [], folder = process.cwd() } = run;
  const record = {
    config,
    seed,
    versions: { node: process.versions.node, 'imitation-lab': await ownVersion() },
    commit: await gitCommit(folder),
    inputs: Object.fromEntries(await Promise.all(inputs.map(async path => [path, await sha256File(path)]))),
    device: {
      platform: `${platform()} ${arch()}`,
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
    },
    started: new Date().toISOString(),
  };
  return () => ({ ...record, seconds: (performance.now() - start) / 1000 });
}

/**
 * Starts the record of a run, to be kept in a file.
 *
 * @returns a function that writes it; nothing is written before.
 */
export async function keepManifest(
  path: string,
  run: Parameters<typeof startManifest>[0],
): Promise<() => Promise<void>> {
  const manifest = await startManifest(run);
  return () => writeFileAtomic(path, `${JSON.stringify(manifest(), null, 2)}\n`);
}

async function ownVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageRoot(), 'package.json'), 'utf8'));
  return String(version);
}

async function gitCommit(folder: string): Promise<string | null> {
  const git = (...parameters: string[]) => promisify(execFile)('git', parameters, { cwd: folder });
  try {
    const { stdout: commit } = await git('rev-parse', 'HEAD');
    const { stdout: changes } = await git('status', '--porcelain');
    return commit.trim() + (changes === '' ? '' : '+');
  } catch {
    return null;
  }
}
