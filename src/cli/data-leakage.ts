import { Command } from 'commander';
import { number } from './number.ts';
import { FIELD_HELP, loadQueries, QUERIES_HELP, threads, whereSeen } from './queries.ts';

interface LeakageFlags {
  test: string[];
  training: string[];
  limit?: number;
  field?: string;
  threads?: number;
  out?: string;
  json?: boolean;
}

/** `imitation-lab data leakage`: drops test queries that training has seen, or nearly. */
export function dataLeakageCommand(): Command {
  return new Command('leakage')
    .description('drop test queries that are too like a training query')
    .requiredOption('--test <files...>', QUERIES_HELP)
    .requiredOption('--training <files...>', 'the same')
    .option('--limit <percent>', 'BLEU above which a query is dropped (default: 20)', number)
    .option('--field <name>', FIELD_HELP)
    .option('--threads <n>', 'threads to search with (default: one for each core)', threads)
    .option('--out <file>', 'where to write the rows that stay, as JSON Lines')
    .option(
      '--json',
      'print JSON: {n, kept, dropped: [{index, nearest, bleu}]}; indices from 0, BLEU in percent',
    )
    .action(async ({ limit, field, threads, out, json, ...files }: LeakageFlags) => {
      const { leakage } = await import('../data/index.ts');
      const test = await loadQueries(files.test, field);
      const training = await loadQueries(files.training, field);
      const { n, kept, dropped } = await leakage(
        test.map(({ text }) => text),
        training.map(({ text }) => text),
        { limit, threads, ...(await whereSeen()) },
      );
      if (out !== undefined) {
        const { writeFileAtomic } = await import('../files/index.ts');
        await writeFileAtomic(out, kept.map(i => `${JSON.stringify(test[i]?.row)}\n`).join(''));
      }
      if (json) {
        console.log(JSON.stringify({ n, kept: kept.length, dropped }));
        return;
      }
      console.log(
        `${kept.length} of ${n} test queries stay; ${dropped.length} are too like a training query`,
      );
      for (const { index, nearest, bleu } of dropped) {
        const queries = [test[index]?.text, training[nearest]?.text].map(brief).join('  ←  ');
        console.log(`  ${bleu.toFixed(1).padStart(5)} %  ${queries}`);
      }
    });
}

/** Longest piece of a query that is printed, in UTF-16 code units. */
const SHOWN = 60;

function brief(text = ''): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
