import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../files/index.ts';

/** One published file: its address, its licence, and the hash of its bytes. */
export interface PublicRecord {
  /** Short stable name, such as `fastchat/gpt35`. */
  name: string;
  /** GitHub repository, `OWNER/REPO`. */
  repo: string;
  commit: string;
  licence: string;
  /** Path inside the repository. */
  path: string;
  bytes: number;
  /** 64 hexadecimal digits. */
  sha256: string;
}

/** The public records that the library knows. */
export interface RecordCatalogue {
  records: PublicRecord[];
  /** Names of records by the name of the set; `hc3/*` matches all that begin so. */
  sets: Record<string, string[]>;
}

interface CatalogueFile {
  sets?: Record<string, string[]>;
  repositories: {
    repo: string;
    commit: string;
    licence: string;
    files: Pick<PublicRecord, 'name' | 'path' | 'bytes' | 'sha256'>[];
  }[];
}

const FILES = ['records.json', 'records-sharegpt.json'];

/** Reads the catalogue that the package carries in `data/`. */
export async function loadRecordCatalogue(): Promise<RecordCatalogue> {
  const texts = await Promise.all(FILES.map(file => readFile(join(packageRoot(), 'data', file), 'utf8')));
  const files: CatalogueFile[] = texts.map(text => JSON.parse(text));
  return {
    records: files.flatMap(({ repositories }) =>
      repositories.flatMap(({ files, ...repository }) => files.map(file => ({ ...repository, ...file }))),
    ),
    sets: Object.assign({}, ...files.map(({ sets }) => sets ?? {})),
  };
}

/**
 * Finds the records that match a name: one by its name or address (`OWNER/REPO/COMMIT/PATH`), those of a set, or all
 * that match a name ending in `*`. Empty if there are none.
 */
export function findRecords({ records, sets }: RecordCatalogue, name: string): PublicRecord[] {
  const members = sets[name];
  if (members) return members.flatMap(member => findRecords({ records, sets: {} }, member));
  if (name.endsWith('*')) return records.filter(record => record.name.startsWith(name.slice(0, -1)));
  return records.filter(record => record.name === name || recordAddress(record) === name);
}

/**
 * Returns the records that match names, each once.
 *
 * @throws {Error} if a name matches none.
 */
export function requireRecords(catalogue: RecordCatalogue, names: readonly string[]): PublicRecord[] {
  const found = names.flatMap(name => {
    const records = findRecords(catalogue, name);
    if (records.length > 0) return records;
    const sets = Object.keys(catalogue.sets).join(', ');
    throw new Error(`Cannot find ${name}: a record, a set (${sets}) or a pattern such as hc3/* is required`);
  });
  return [...new Set(found)];
}

/** `OWNER/REPO/COMMIT/PATH`: where the record lies on the web, in a mirror and in the cache. */
export function recordAddress({ repo, commit, path }: PublicRecord): string {
  return `${repo}/${commit}/${path}`;
}
