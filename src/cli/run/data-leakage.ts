import type { dataLeakageCommand } from '../commands/data-leakage.ts';
import type { InputOf } from '../declare/command.ts';
import { printJson, progressPrinter } from './progress.ts';

/** Prints the test queries that are too similar to a training query, and writes the others. */
export async function run(input: InputOf<typeof dataLeakageCommand>): Promise<void> {
  const { limit, field, tokenizer, threads, out, json, quiet } = input;
  const { leakage, loadQueries } = await import('../../data/index.ts');
  const test = await loadQueries(input.test, field);
  const training = await loadQueries(input.training, field);
  const onProgress = await progressPrinter({ quiet });
  const { n, kept, dropped } = await leakage(
    test.map(({ text }) => text),
    training.map(({ text }) => text),
    { limit, tokenizer, threads, onProgress },
  );
  if (out !== undefined) {
    const { writeFileAtomic } = await import('../../files/index.ts');
    await writeFileAtomic(out, kept.map(i => `${JSON.stringify(test[i]?.row)}\n`).join(''));
  }
  if (json) return printJson({ n, kept: kept.length, dropped });
  console.log(
    `${kept.length} of ${n} test queries are kept; ${dropped.length} are too similar to a training query`,
  );
  for (const { index, nearest, bleu } of dropped) {
    const queries = [test[index]?.text, training[nearest]?.text].map(brief).join('  ←  ');
    console.log(`  ${bleu.toFixed(1).padStart(5)} %  ${queries}`);
  }
}

/** Longest piece of a query that is printed, in UTF-16 code units. */
const SHOWN = 60;

function brief(text = ''): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
