import type { Command } from 'commander';
import type { LanguageModel } from '../chat/index.ts';
import { type ModelOptions, openModel } from '../generate/open-model.ts';
import type { OnProgress } from '../runs/index.ts';
import { configCommand } from './config-command.ts';
import type { ResultRow } from './result-file.ts';
import type { ScoreItem } from './score-items.ts';
import { INTERRUPTED, untilInterrupted } from './until-interrupted.ts';

/** What `data/score-config.schema.json` describes. */
interface ScoreConfig extends ModelOptions {
  input: string;
  out?: string;
}

/** `imitation-lab score`: how likely a model finds continuations of prompts. */
export function scoreCommand(): Command {
  return configCommand('score', score)
    .description('score continuations of prompts; what --out already scores is not asked again')
    .option('--json', 'print JSON lines: the rows, or with --out progress and the outcome')
    .addHelpText(
      'after',
      '\nlogprob is in nats, summed over the tokens of the continuation. It is null where a row cannot be scored, ' +
        'and error says why. greedy says whether the model itself would have gone on like this.',
    );
}

async function score(options: ScoreConfig, { json = false }: { json?: boolean }): Promise<void> {
  const { loadText } = await import('../data/index.ts');
  const { lineOf, writeFileAtomic } = await import('../files/index.ts');
  const { openResultFile } = await import('./result-file.ts');
  const { runManifest } = await import('./run-manifest.ts');
  const { readScoreItems } = await import('./score-items.ts');
  const { input, out, model, modelName } = options;

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
    const print = inTurn(items, rows, row => console.log(json ? JSON.stringify(row) : rowText(row)));
    try {
      const scorer = requireScores(opened.model);
      const onProgress = await progressOf(out, json);
      await writeManifest();
      const rowIds = new Map(items.map(({ id, rowId }) => [id, rowId]));
      await untilInterrupted(async signal => {
        for await (const { id, latency: _, batch: __, ...likelihood } of scorer.scoreEach(asked, {
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
  // Scores came in the order in which they were ready.
  if (out !== undefined && found.length === items.length)
    await writeFileAtomic(out, found.map(lineOf).join(''));
  report(items.length, items.length - asked.length, found, { out, json });
}

/** @throws {Error} if the model tells no log-probabilities. */
function requireScores(model: LanguageModel): Pick<Required<LanguageModel>, 'scoreEach'> {
  const { name } = model;
  if (model.scoreEach) return model as Pick<Required<LanguageModel>, 'scoreEach'>;
  throw new Error(
    `Cannot score with ${name}: a model that tells log-probabilities is required, such as one in a folder or a server that echoes; this one tells none`,
  );
}

/** Progress goes as JSON beside the outcome, or as a line where it does not stand between rows on the screen. */
async function progressOf(out: string | undefined, json: boolean): Promise<OnProgress | undefined> {
  if (out !== undefined && json) return progress => console.log(JSON.stringify(progress));
  const { progressLine } = await import('../runs/index.ts');
  return out === undefined && process.stdout.isTTY ? undefined : progressLine();
}

/** Prints the rows that are there in the order of the items, each as soon as those before it are there. */
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
  if (out !== undefined && json) console.log(JSON.stringify({ out, before, scored, failed, left }));
  else {
    const parts = [`${scored} scored`];
    if (before > 0) parts.push(`${before} were there`);
    if (failed > 0) parts.push(`${failed} failed: their rows say why`);
    if (left > 0) parts.push(`stopped with ${left} left`);
    if (out !== undefined || failed + left > 0) console.error(`${out ?? 'score'}: ${parts.join('; ')}`);
  }
  if (left > 0) process.exitCode = INTERRUPTED;
  else if (failed > 0) process.exitCode = 1;
}
