import { Command } from 'commander';
import { FIELD_HELP, loadQueries, QUERIES_HELP, threads, whereSeen } from './queries.ts';

interface DiversityFlags {
  field?: string;
  threads?: number;
  json?: boolean;
}

/** `imitation-lab data diversity`: how alike the queries of a set are. */
export function dataDiversityCommand(): Command {
  return new Command('diversity')
    .description('the mean over queries of the BLEU with the most similar other query')
    .argument('<files...>', QUERIES_HELP)
    .option('--field <name>', FIELD_HELP)
    .option('--threads <n>', 'threads to search with (default: one for each core)', threads)
    .option('--json', 'print JSON: {n, value}, the value in percent')
    .action(async (files: string[], flags: DiversityFlags) => {
      const { diversity } = await import('../data/index.ts');
      const queries = await loadQueries(files, flags.field);
      const { n, value } = await diversity(
        queries.map(({ text }) => text),
        { threads: flags.threads, ...(await whereSeen()) },
      );
      if (flags.json) console.log(JSON.stringify({ n, value }));
      else
        console.log(
          `BLEU with the most similar other query: ${value?.toFixed(2) ?? '–'} %, mean over n = ${n}`,
        );
    });
}
