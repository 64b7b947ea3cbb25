import type { LanguageModel } from '../../chat/index.ts';
import type { OnProgress } from '../../runs/index.ts';
import type { ScoreConfig, scoreCommand } from '../commands/score.ts';
import type { OptionsOf } from '../declare/command.ts';
import { FAILED, INTERRUPTED } from '../exit.ts';
import { openModel } from './open-model.ts';
import { printJson, progressPrinter } from './progress.ts';
import type { ResultRow } from './result-file.ts';
import type { ScoreItem } from './score-items.ts';
import { untilInterrupted } from './until-interrupted.ts';

type Output = OptionsOf<typeof scoreCommand>;

/** Scores continuations of prompts. */
export async function run(options: ScoreConfig, output: Output): Promise<void> {
  const { loadText } = await import('../../data/index.ts');
  const { lineOf, writeFileAtomic } = await import('../../files/index.ts');
  const { openResultFile } = await import('./result-file.ts');
  const { runManifest } = await import('./run-manifest.ts');
  const { readScoreItems } = await import('./score-items.ts');
  const { input, out, model, modelName } = options;
  const { json = false } = output;

  const { text, name } = await loadText(input);
  const items = readScoreItems(text, name);
  const config = { model, modelName };
  const writeManifest =
    out === undefined ? async () => {} : await runManifest({ out, config, seed: 0, inputs: [input] });
  const file = out === undefined ? undefined : await openResultFile(out, 'logprob', Number.isFinite);
  const rows = new Map<string, ResultRow>(file?.found);
  const asked = items.filter(({ id }) => !rows.has(id));
  if (asked.length > 0) {
    // llama.cpp gives no log-likelihoods.
    const opened = await openModel({ ...options, engine: 'own' });
    const print = inTurn(items, rows, row => (json ? printJson(row) : console.log(rowText(row))));
    try {
      const scoreEach = requireScores(opened.model);
      const onProgress = await progressOf(out, output);
      await writeManifest();
      const rowIds = new Map(items.map(({ id, rowId }) => [id, rowId]));
      await untilInterrupted(async signal => {
        for await (const { id, latency: _, batch: __, ...likelihood } of scoreEach(asked, {
          signal,
          onProgress,
        })) {
          const row = { id: rowIds.get(id), ...likelihood };
          rows.set(id, row);
          if (file) await file.add(row);
          else print();
        }
      });
      await writeManifest();
    } finally {
      await opened.close();
    }
  }
  const found = items.flatMap(({ id }) => rows.get(id) ?? []);
  // Rows were added in the order in which they were scored.
  if (out !== undefined && found.length === items.length)
    await writeFileAtomic(out, found.map(lineOf).join(''));
  report(items.length, items.length - asked.length, found, { out, json });
}

/** @throws {Error} if the model gives no log-probabilities. */
function requireScores(model: LanguageModel): Required<LanguageModel>['scoreEach'] {
  const { name, scoreEach } = model;
  if (scoreEach) return scoreEach.bind(model);
  throw new Error(
    `Cannot score with ${name}: a model that gives log-probabilities is required, such as one in a folder or a server that echoes; this one gives none`,
  );
}

/** Returns the printer of progress; none where it would mix with the rows on a terminal. */
async function progressOf(out: string | undefined, { json, quiet }: Output): Promise<OnProgress> {
  if (out !== undefined) return progressPrinter({ json, quiet });
  return progressPrinter({ quiet: quiet ?? process.stdout.isTTY });
}

/** Prints rows in the order of the items, each as soon as all earlier ones are scored. */
function inTurn(
  items: readonly ScoreItem[],
  rows: ReadonlyMap<string, ResultRow>,
  print: (row: ResultRow) => void,
): () => void {
  let next = 0;
  return () => {
    for (let row = rowAt(); row; row = rowAt()) {
      print(row);
      next++;
    }
  };
  function rowAt(): ResultRow | undefined {
    return rows.get(items[next]?.id ?? '');
  }
}

function rowText({ id, logprob, tokens, greedy, error }: ResultRow): string {
  if (logprob === null) return `${id}: no score, ${error}`;
  return `${id}: ${Number(logprob).toFixed(4)} nats, ${tokens} tokens${greedy === true ? ', greedy' : ''}`;
}

function report(
  total: number,
  before: number,
  found: readonly ResultRow[],
  { out, json }: { out: string | undefined; json: boolean },
): void {
  const failed = found.filter(({ logprob }) => logprob === null).length;
  const left = total - found.length;
  const scored = found.length - before - failed;
  if (out !== undefined && json) printJson({ out, before, scored, failed, left });
  else {
    const parts = [`${scored} scored`];
    if (before > 0) parts.push(`${before} were scored before`);
    if (failed > 0) parts.push(`${failed} failed: their rows give the reason`);
    if (left > 0) parts.push(`stopped with ${left} left`);
    if (out !== undefined || failed + left > 0) console.error(`${out ?? 'score'}: ${parts.join('; ')}`);
  }
  if (left > 0) process.exitCode = INTERRUPTED;
  else if (failed > 0) process.exitCode = FAILED;
}
