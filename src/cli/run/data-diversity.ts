import type { dataDiversityCommand } from '../commands/data-diversity.ts';
import type { InputOf } from '../declare/command.ts';
import { printJson, progressPrinter } from './progress.ts';

/** Prints the similarity of the queries of files. */
export async function run(input: InputOf<typeof dataDiversityCommand>): Promise<void> {
  const { files, field, tokenizer, threads, json, quiet } = input;
  const { diversity, loadQueries } = await import('../../data/index.ts');
  const queries = await loadQueries(files, field);
  const onProgress = await progressPrinter({ quiet });
  const { n, value } = await diversity(
    queries.map(({ text }) => text),
    { tokenizer, threads, onProgress },
  );
  if (json) printJson({ n, value });
  else
    console.log(`BLEU with the most similar other query: ${value?.toFixed(2) ?? '–'} %, mean over n = ${n}`);
}
