import { join } from 'node:path';
import { readIfExists, writeFileAtomic } from '../files/index.ts';
import { accepts, list, number, object, optional, string } from '../runs/index.ts';
import {
  type HubFile,
  type HubRepository,
  HubUnreachable,
  hubRepository,
  isCommit,
  isOffline,
} from './hub.ts';

/** A repository's files at a revision, and the function that keeps the list once they are cached. */
export interface CachedRepository {
  repository: HubRepository;
  keep(): Promise<void>;
}

const REPOSITORY = object<HubRepository>(
  {
    id: string,
    commit: string,
    files: list(
      object<HubFile>(
        { path: string, bytes: number, sha256: optional(string), gitBlob: optional(string) },
        { open: true },
      ),
    ),
  },
  { open: true },
);

interface CachedRepositoryOptions {
  revision: string;
  hub: string;
  /** Folder of the cached models. */
  cache: string;
  signal: AbortSignal | undefined;
}

/**
 * Lists the files of a repository at a revision: as the hub states them; as they were kept where the revision is a
 * commit, where `HF_HUB_OFFLINE` is set, and where the hub does not answer.
 *
 * @throws {Error} if the hub refuses, or does not answer and nothing was kept.
 */
export async function cachedRepository(
  id: string,
  { revision, hub, cache, signal }: CachedRepositoryOptions,
): Promise<CachedRepository> {
  const place = join(cache, 'revisions', id.replace('/', '--'), `${encodeURIComponent(revision)}.json`);
  const kept = await readRepository(place);
  if (kept && (isCommit(revision) || isOffline())) return { repository: kept, keep: async () => {} };
  if (isOffline())
    throw new Error(`Cannot fetch ${id} at ${revision}: HF_HUB_OFFLINE is set, and the model is not cached`);
  try {
    const repository = await hubRepository(id, { revision, hub, signal });
    return { repository, keep: () => writeFileAtomic(place, JSON.stringify(repository)) };
  } catch (error) {
    if (!kept || !(error instanceof HubUnreachable)) throw error;
    return { repository: kept, keep: async () => {} };
  }
}

async function readRepository(path: string): Promise<HubRepository | undefined> {
  const text = await readIfExists(path);
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return accepts(REPOSITORY, value) && isCommit(value.commit) ? value : undefined;
  } catch {
    // As if it had not been kept: the hub states it again.
    return undefined;
  }
}
