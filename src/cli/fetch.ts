import { Command } from 'commander';
import type { RecordCatalogue } from '../data/index.ts';

interface FetchFlags {
  list?: boolean;
  json?: boolean;
}

/** `imitation-lab fetch`: fetches public records, or lists them. */
export function fetchCommand(): Command {
  return new Command('fetch')
    .description('fetch public records into the cache, checked against their SHA-256')
    .argument('[names...]', 'records (fastchat/gpt35), sets (fastchat-80) or patterns (hc3/*)')
    .option('--list', 'list the records, of the names given or all, and fetch nothing')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nIMITATION_LAB_CACHE names the cache folder, IMITATION_LAB_MIRROR a folder with copies as OWNER/REPO/COMMIT/PATH.',
    )
    .enablePositionalOptions()
    .addCommand(modelCommand())
    .action(async (names: string[], flags: FetchFlags, command: Command) => {
      if (names.length === 0 && !flags.list)
        command.error('error: name a record or set, or give --list', { exitCode: 2 });
      if (flags.list) await list(names, flags);
      else await fetch(names, flags);
    });
}

/** `imitation-lab fetch model`: a model from the hub. */
function modelCommand(): Command {
  return new Command('model')
    .description('fetch a model: config, tokenizer and weights in safetensors, or one GGUF file')
    .argument(
      '<id>',
      'its name on Hugging Face’s hub, such as HuggingFaceTB/SmolLM2-135M; or smollm2-135m-instruct',
    )
    .option('--revision <name>', 'branch, tag or commit (default: main)')
    .option('--file <name>', 'a GGUF file of the repository, to fetch alone')
    .option('--hub <url>', 'another hub with the same API')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nHF_TOKEN in the environment is the access token for models behind a licence.')
    .action(async (id: string, { json, ...flags }: ModelFetchFlags) => {
      const { fetchModel } = await import('../data/index.ts');
      const { progressLine } = await import('../runs/index.ts');
      const fetched = await fetchModel(id, {
        ...flags,
        ...(process.stderr.isTTY && { onProgress: progressLine() }),
      });
      console.log(json ? JSON.stringify(fetched) : fetched.path);
    });
}

interface ModelFetchFlags {
  revision?: string;
  file?: string;
  hub?: string;
  json?: boolean;
}

async function list(names: string[], { json }: FetchFlags): Promise<void> {
  const { loadRecordCatalogue, requireRecords } = await import('../data/index.ts');
  const catalogue = await loadRecordCatalogue();
  const records = requireRecords(catalogue, names.length > 0 ? names : ['*']);
  if (json) console.log(JSON.stringify({ sets: catalogue.sets, records }, null, 2));
  else console.log(listText({ sets: names.length > 0 ? {} : catalogue.sets, records }));
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

async function fetch(names: string[], { json }: FetchFlags): Promise<void> {
  const { fetchRecords } = await import('../data/index.ts');
  const { progressLine } = await import('../runs/index.ts');
  const onProgress = process.stderr.isTTY ? progressLine() : undefined;
  const fetched = await fetchRecords(names, { onProgress });
  if (json) console.log(JSON.stringify(fetched, null, 2));
  else for (const { name, from, path } of fetched) console.log(`${name} (${from}): ${path}`);
}
