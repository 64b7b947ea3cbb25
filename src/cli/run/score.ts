import type { LanguageModel } from '../../chat/index.ts';
import type { Lease, OnProgress } from '../../runs/index.ts';
import type { ScoreConfig, scoreCommand } from '../commands/score.ts';
import type { OptionsOf } from '../declare/command.ts';
import { openScores, type ScoreRow } from './kept-scores.ts';
import { openModel } from './open-model.ts';
import { printJson, progressPrinter } from './progress.ts';
import type { ScoreItem } from './score-items.ts';
import { reportScores, rowText, type ScoreOutcome } from './score-report.ts';
import { writeUntilInterrupted } from './until-interrupted.ts';

type Output = OptionsOf<typeof scoreCommand>;

/** Scores continuations of prompts. */
export async function run(options: ScoreConfig, output: Output): Promise<void> {
  const { loadText } = await import('../../data/index.ts');
  const { fileLease } = await import('../../runs/index.ts');
  const { readScoreItems } = await import('./score-items.ts');
  const { input, out, chat = false } = options;
  const { text, name } = await loadText(input);
  const items = readScoreItems(text, name, chat);
  const outcome: ScoreOutcome = { rows: new Map(), before: 0, moved: 0 };
  await writeUntilInterrupted(out === undefined ? undefined : fileLease(out), 'score', async lease => {
    // llama.cpp gives no log-likelihoods.
    const { model, close } = await openModel(
      { ...options, engine: 'own' },
      { signal: lease.signal, onProgress: await progressPrinter(output) },
    );
    try {
      await score({ model, items, outcome, lease }, options, output);
    } finally {
      await close();
    }
  });
  reportScores(items, outcome, { out, json: output.json ?? false });
}

interface Asking {
  model: LanguageModel;
  items: readonly ScoreItem[];
  /** Receives the rows as they are scored. */
  outcome: ScoreOutcome;
  lease: Lease;
}

/** Asks a model for the scores that the file of results lacks. */
async function score(
  { model, items, outcome, lease }: Asking,
  options: ScoreConfig,
  output: Output,
): Promise<void> {
  const { lineOf, writeFileAtomic } = await import('../../files/index.ts');
  const { out } = options;
  const { signal, confirm } = lease;
  const { rows } = outcome;
  const scoreEach = requireScores(model);
  const kept = out === undefined ? undefined : await openScores(out, { model, items, options, confirm });
  for (const [id, row] of kept?.found ?? []) rows.set(id, row);
  outcome.before = rows.size;
  outcome.moved = kept?.moved ?? 0;
  const asked = items.filter(({ id }) => !rows.has(id));
  const print = inTurn(items, rows, row => (output.json ? printJson(row) : console.log(rowText(row))));
  const rowIds = new Map(items.map(({ id, rowId }) => [id, rowId]));
  try {
    if (asked.length > 0) {
      const onProgress = await progressOf(out, output);
      for await (const likelihood of scoreEach(asked, { signal, onProgress })) {
        const { id, latency: _, batch: __, ...scored } = likelihood;
        const row = { id: rowIds.get(id) ?? id, ...scored };
        rows.set(id, kept ? await kept.add(id, row) : row);
        if (!kept) print();
      }
    }
    if (out === undefined) return;
    // Rows were added in the order in which they were scored.
    await confirm();
    await writeFileAtomic(out, items.map(({ id }) => lineOf(rows.get(id) ?? {})).join(''));
  } finally {
    await kept?.save();
  }
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
  rows: ReadonlyMap<string, ScoreRow>,
  print: (row: ScoreRow) => void,
): () => void {
  let next = 0;
  return () => {
    for (let row = rowAt(); row; row = rowAt()) {
      print(row);
      next++;
    }
  };
  function rowAt(): ScoreRow | undefined {
    return rows.get(items[next]?.id ?? '');
  }
}
