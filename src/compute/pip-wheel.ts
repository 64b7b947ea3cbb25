import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../files/index.ts';
import { runCommand } from '../runs/index.ts';

/** A file on PyPI. */
export interface PipWheel {
  /** Package on PyPI. */
  project: string;
  version: string;
  /** Platform tag by which pip finds it. */
  tag: string;
  /** SHA-256 of the wheel, from PyPI's metadata. */
  sha256: string;
  /** Download size in MB. */
  megabytes: number;
}

/** The Python that wheels are named after; none is needed to use their libraries. */
const PYTHON_TAG = '3.12';

/**
 * Downloads a wheel with pip, which checks it against its SHA-256, and unpacks a part of it.
 *
 * @param work an empty folder to work in.
 * @param python a Python 3.9 or newer with pip.
 * @param prefix where in the wheel the part lies, such as `tensorflow/`.
 * @param patterns what to unpack below the prefix; a name without `*` must be there.
 * @returns the folder that holds what was below the prefix.
 * @throws {Error} if there is no Python, no network, or the wheel is not the published one or lacks a name.
 */
export async function unpackFromPip(
  { project, version, tag, sha256 }: PipWheel,
  work: string,
  python: string,
  prefix: string,
  patterns: readonly string[],
): Promise<string> {
  const requirements = join(work, 'requirements.txt');
  await writeFile(requirements, `${project}==${version} --hash=sha256:${sha256}\n`);
  const platform = ['--only-binary=:all:', '--platform', tag, '--python-version', PYTHON_TAG];
  const quietly = ['--disable-pip-version-check', '--no-cache-dir', '--quiet', '--progress-bar=off'];
  await runCommand(`download ${project} ${version} from PyPI`, python, [
    ...['-m', 'pip', 'download', ...quietly, '--no-deps', ...platform, '--require-hashes'],
    ...['--dest', work, '--requirement', requirements],
  ]);
  const [wheel = ''] = (await readdir(work)).filter(name => name.endsWith('.whl'));
  const unpacked = join(work, 'unpacked');
  const script = join(packageRoot(), 'src', 'compute', 'addon', 'unpack_wheel.py');
  await runCommand(`unpack ${wheel}`, python, [script, join(work, wheel), unpacked, prefix, ...patterns]);
  return unpacked;
}
