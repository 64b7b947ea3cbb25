import { causeOf, messageOf } from '../runs/index.ts';
/** Address of the hub where models are published. */
export const HUB = 'https://huggingface.co';

/** A file in a model's repository. */
export interface HubFile {
  path: string;
  bytes: number;
  /** SHA-256 of a large file's content. */
  sha256?: string;
  /** The name that git gives a small file's content. */
  gitBlob?: string;
}

/** A model's repository at one commit. */
export interface HubRepository {
  id: string;
  /** 40 hexadecimal digits. */
  commit: string;
  files: HubFile[];
}

/** Options of requests to the hub. */
export interface HubOptions {
  /** Branch, tag or commit; default `main`. */
  revision?: string | undefined;
  /** The hub's address; default Hugging Face's. */
  hub?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** A hub's name of a model. */
const ID = /^[\w.-]+\/[\w.-]+$/;

/**
 * Lists the files of a model's repository.
 *
 * @param id such as `HuggingFaceTB/SmolLM2-135M`.
 * @throws {Error} if the hub knows no such model or revision, wants an access token, or does not answer.
 */
export async function hubRepository(id: string, options: HubOptions = {}): Promise<HubRepository> {
  const { revision = 'main', hub = HUB, signal } = options;
  if (!ID.test(id)) throw new Error(`Cannot look up the model ${id}: a name such as OWNER/NAME is required`);
  const ask = async (path: string): Promise<unknown> => {
    const url = `${hub}/api/models/${id}/${path}`;
    const response = await fetch(url, { headers: hubHeaders(), ...(signal && { signal }) }).catch(error => {
      signal?.throwIfAborted();
      throw new Error(`Cannot look up the model ${id}: ${hub} does not answer (${reasonOf(error)})`);
    });
    if (response.ok) return response.json();
    await response.body?.cancel();
    throw new Error(`Cannot look up the model ${id} at ${revision}: ${problem(response.status)}`);
  };
  const { sha: commit } = (await ask(`revision/${encodeURIComponent(revision)}`)) as { sha?: unknown };
  if (typeof commit !== 'string' || !/^[0-9a-f]{40}$/.test(commit))
    throw new Error(`Cannot look up the model ${id}: a commit is required, ${hub} answered ${commit}`);
  const files: HubFile[] = [];
  const tree = await ask(`tree/${commit}?recursive=true`);
  for (const entry of Array.isArray(tree) ? tree : [])
    if (entry?.type === 'file') files.push(hubFile(entry, id));
  return { id, commit, files };
}

/**
 * Returns the headers of requests: access tokens come from the environment alone, and are written to no file and no
 * error.
 */
export function hubHeaders(): Record<string, string> {
  const token = process.env.HF_TOKEN?.trim();
  return token ? { authorization: `Bearer ${token}` } : {};
}

function hubFile(entry: Record<string, unknown>, id: string): HubFile {
  const { path, size, oid, lfs } = entry;
  const plain =
    typeof path === 'string' &&
    path.split('/').every(part => /^[^\\:]+$/.test(part) && part !== '..' && part !== '.');
  if (!plain || typeof size !== 'number' || !Number.isSafeInteger(size))
    throw new Error(`Cannot fetch the model ${id}: it lists a file without a plain path and size: ${path}`);
  const file = { path, bytes: size };
  const hash = typeof lfs === 'object' && lfs !== null && 'oid' in lfs ? lfs.oid : undefined;
  if (typeof hash === 'string') return { ...file, sha256: hash.replace(/^sha256:/, '') };
  return { ...file, gitBlob: String(oid) };
}

function problem(status: number): string {
  if (status === 401 || status === 403)
    return 'the hub refuses it: there is no such model, or an access token in HF_TOKEN is required';
  return status === 404 ? 'the hub has no such model' : `the hub answered ${status}`;
}

function reasonOf(error: unknown): string {
  return causeOf(error).code ?? messageOf(error);
}
