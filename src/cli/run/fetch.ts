import type { RecordCatalogue } from '../../data/index.ts';
import { didYouMean } from '../../text/index.ts';
import type { fetchCommand } from '../commands/fetch.ts';
import type { InputOf } from '../declare/command.ts';
import { UsageError } from '../exit.ts';
import { progressPrinter } from './progress.ts';

type Input = InputOf<typeof fetchCommand>;

/** Fetches public records, or lists them. */
export async function run({ names, list, json, quiet }: Input): Promise<void> {
  const { fetchRecords, findRecords, loadRecordCatalogue, requireRecords } = await import(
    '../../data/index.ts'
  );
  const catalogue = await loadRecordCatalogue();
  const unknown = names?.find(name => findRecords(catalogue, name).length === 0);
  if (unknown !== undefined) throw new UsageError(unknownRecord(unknown, catalogue));
  if (list) {
    const records = requireRecords(catalogue, names ?? ['*']);
    if (json) console.log(JSON.stringify({ sets: catalogue.sets, records }, null, 2));
    else console.log(listText({ sets: names ? {} : catalogue.sets, records }));
    return;
  }
  if (names === undefined) throw new UsageError('<names>, or --list, is required, got none');
  const fetched = await fetchRecords(names, { catalogue, onProgress: await progressPrinter({ quiet }) });
  if (json) console.log(JSON.stringify(fetched, null, 2));
  else for (const { name, from, path } of fetched) console.log(`${name} (${from}): ${path}`);
}

function unknownRecord(name: string, { records, sets }: RecordCatalogue): string {
  const known = [...Object.keys(sets), ...records.map(record => record.name)];
  return `<names> must be records, sets or patterns such as hc3/*, got ${JSON.stringify(name)}${didYouMean(name, known)}`;
}

function listText({ sets, records }: RecordCatalogue): string {
  const width = Math.max(0, ...records.map(({ name }) => name.length));
  const sizes = records.map(
    ({ name, bytes, licence, repo }) =>
      `${name.padEnd(width)}  ${String(Math.ceil(bytes / 1e3)).padStart(6)} kB  ${repo} (${licence})`,
  );
  const groups = Object.entries(sets).map(([set, members]) => `${set}: ${members.join(' ')}`);
  return [...(groups.length > 0 ? ['Sets', ...groups, '', 'Records'] : []), ...sizes].join('\n');
}
