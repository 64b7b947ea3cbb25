import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot, readIfExists, sha256File, writeFileAtomic } from '../files/index.ts';
import { anything, nullable, number, object, optional, record, string } from './guard.ts';

/** Record of what a result was made from: enough to make it again, or to explain why it differs. */
export interface Manifest {
  /** Id of the run, drawn at its start and kept where it is resumed; not there where nothing is resumed. */
  run?: string;
  /** Name and identity of the model: a hash of weights and adapter, or address and name at a server. */
  model?: RunModel;
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

/** A model of a run. */
export interface RunModel {
  name: string;
  identity: string;
}

/** Guards of the fields of a {@link Manifest}. */
export const MANIFEST_FIELDS = {
  run: optional(string),
  model: optional(object<RunModel>({ name: string, identity: string }, { open: true })),
  config: anything,
  seed: number,
  versions: record(string),
  commit: nullable(string),
  inputs: record(string),
  device: object<Manifest['device']>(
    { platform: string, cpu: string, cores: number, memoryGiB: number },
    { open: true },
  ),
  started: string,
  seconds: number,
} as const;

/** Inputs of {@link startManifest}. */
export interface ManifestInputs extends Pick<Manifest, 'run' | 'config' | 'seed'> {
  model?: RunModel | undefined;
  /** Paths of the files that are read. */
  inputs?: readonly string[];
  /** Folder in which to look for the git commit; default the current one. */
  folder?: string;
}

/**
 * Starts the record of a run.
 *
 * @param given what decides the result.
 * @returns a function that gives the manifest at the time of the call, at the end of the run.
 * @example
 * const finish = await startManifest({ config: { shots: 3 }, seed: 1, inputs: ['answers.jsonl'] })
 * finish().seed // 1
 */
export async function startManifest(given: ManifestInputs): Promise<() => Manifest> {
  const start = performance.now();
  const { run, model, config, seed, inputs = [], folder = process.cwd() } = given;
  const record = {
    ...(run !== undefined && { run }),
    ...(model !== undefined && { model: { name: model.name, identity: model.identity } }),
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

/** Record of a run in a file. */
export interface KeptManifest {
  /** Id of the run: that of the file, where it is there already. */
  run: string;
  /** Writes the record as of now; nothing is written before. */
  save(): Promise<void>;
}

/**
 * Starts the record of a run that is kept in a file, or continues that of the run that is resumed.
 *
 * @param confirm makes sure, before each write, that no other process writes the file now, or throws.
 */
export async function keepManifest(
  path: string,
  given: ManifestInputs,
  confirm: () => Promise<void> = async () => {},
): Promise<KeptManifest> {
  const run = (await runIn(path)) ?? randomUUID();
  const manifest = await startManifest({ ...given, run });
  const save = async () => {
    await confirm();
    await writeFileAtomic(path, `${JSON.stringify(manifest(), null, 2)}\n`);
  };
  return { run, save };
}

/** Reads the id of the run whose record is in a file, if there is one. */
async function runIn(path: string): Promise<string | undefined> {
  try {
    const { run } = JSON.parse((await readIfExists(path)) ?? '{}');
    return typeof run === 'string' ? run : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
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
