import { isRecord } from '../readers/index.ts';
import { causeOf, messageOf } from '../runs/index.ts';
import { isHubId } from '../text/index.ts';
import { answerOf, type HttpAnswer, isPassing } from './http-answer.ts';

/** Returns the address of the hub where models are published: `HF_ENDPOINT`, else Hugging Face's. */
export function hubAddress({ HF_ENDPOINT }: NodeJS.ProcessEnv = process.env): string {
  return withoutSlash(HF_ENDPOINT?.trim() || 'https://huggingface.co');
}

/** Returns an address without a slash at its end. */
export function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

/** Reports whether `HF_HUB_OFFLINE` forbids requests to the hub. */
export function isOffline({ HF_HUB_OFFLINE = '' }: NodeJS.ProcessEnv = process.env): boolean {
  return /^(1|true|yes|on)$/i.test(HF_HUB_OFFLINE);
}

/** The hub did not answer, or answered that it cannot at the moment. */
export class HubUnreachable extends Error {}

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
  files: readonly HubFile[];
}

/** Options of requests to the hub. */
export interface HubOptions {
  /** Branch, tag or commit; default `main`. */
  revision?: string | undefined;
  /** The hub's address; default `HF_ENDPOINT`, else Hugging Face's. */
  hub?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Reports whether a revision is a commit, which always names the same files. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}

/**
 * Lists the files of a model's repository.
 *
 * @param id such as `HuggingFaceTB/SmolLM2-135M`.
 * @throws {HubUnreachable} if the hub does not answer.
 * @throws {Error} if the hub knows no such model or revision, or requires an access token.
 */
export async function hubRepository(id: string, options: HubOptions = {}): Promise<HubRepository> {
  const { revision = 'main', hub = hubAddress(), signal } = options;
  if (!isHubId(id)) throw new Error(`Cannot look up the model ${id}: a name such as OWNER/NAME is required`);
  const at = `${hub}/api/models/${id}`;
  const ask = async (url: string): Promise<Response> => {
    const response = await fetch(url, { headers: hubHeaders(), ...(signal && { signal }) }).catch(error => {
      signal?.throwIfAborted();
      throw new HubUnreachable(`Cannot look up the model ${id}: ${hub} does not answer (${reasonOf(error)})`);
    });
    if (response.ok) return response;
    await response.body?.cancel();
    const answer = answerOf(response);
    const problem = `Cannot look up the model ${id} at ${revision}: ${hubProblem(answer, { id, hub })}`;
    throw isPassing(answer) ? new HubUnreachable(problem) : new Error(problem);
  };
  const found: unknown = await (await ask(`${at}/revision/${encodeURIComponent(revision)}`)).json();
  const commit = isRecord(found) ? found.sha : undefined;
  if (typeof commit !== 'string' || !isCommit(commit))
    throw new Error(`Cannot look up the model ${id}: a commit is required, ${hub} answered ${commit}`);
  const files: HubFile[] = [];
  // Long lists come in pages.
  for (let next: string | undefined = `${at}/tree/${commit}?recursive=true`; next !== undefined; ) {
    const response: Response = await ask(next);
    const entries: unknown = await response.json();
    for (const entry of Array.isArray(entries) ? entries : [])
      if (isRecord(entry) && entry.type === 'file') files.push(hubFile(entry, id));
    next = nextPage(response, next);
  }
  return { id, commit, files };
}

/** Returns the address of the page after this one, at the same server: a mirror may name the hub that it copies. */
function nextPage({ headers }: Response, url: string): string | undefined {
  const [, link] = /<([^>]+)>\s*;\s*rel="?next"?/.exec(headers.get('link') ?? '') ?? [];
  if (link === undefined) return undefined;
  const { pathname, search } = new URL(link, url);
  return new URL(pathname + search, url).href;
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

/** Describes why a hub refuses, and what to do about it. */
export function hubProblem({ status, code }: HttpAnswer, { id, hub }: { id: string; hub: string }): string {
  if (code === 'GatedRepo') {
    const token = 'HF_TOKEN must be an access token of an account that has';
    return `it is gated: ${token} accepted its conditions at ${hub}/${id}`;
  }
  if (code === 'RevisionNotFound') return 'the hub has no such revision';
  if (code === 'EntryNotFound') return 'the hub has no such file';
  if (status === 401 || status === 403)
    return 'the hub refuses it: there is no such model, or an access token in HF_TOKEN is required';
  return status === 404 ? 'the hub has no such model' : `the hub answered ${status}`;
}

function reasonOf(error: unknown): string {
  return causeOf(error).code ?? messageOf(error);
}
