import type { LanguageModel } from '../../chat/index.ts';
import type { Lease, OnProgress } from '../../runs/index.ts';
import { FAILURE_KINDS } from '../../schema.ts';
import type { ScoreConfig, scoreCommand } from '../commands/score.ts';
import type { OptionsOf } from '../declare/command.ts';
import { FAILED, INTERRUPTED } from '../exit.ts';
import { countFailures, type FailureCount, failureLines } from './failure-tally.ts';
import { openModel } from './open-model.ts';
import { printJson, progressPrinter } from './progress.ts';
import { earlierResults, openResultFile } from './result-file.ts';
import type { ScoreItem } from './score-items.ts';
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
  const outcome: Outcome = { rows: new Map(), before: 0, moved: 0 };
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
  report(items, outcome, { out, json: output.json ?? false });
}

/** Rows that are there, by the ids of their items. */
interface Outcome {
  rows: Map<string, ScoreRow>;
  /** Number of rows that an earlier run wrote. */
  before: number;
  /** Number of rows of other items or models that were moved out of the file. */
  moved: number;
}

interface Asking {
  model: LanguageModel;
  items: readonly ScoreItem[];
  /** Receives the rows as they are scored. */
  outcome: Outcome;
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

/** Row of one continuation. */
type ScoreRow = { id: string | number } & Record<string, unknown>;

/** Scores in a file that several runs fill. */
interface KeptScores {
  /** Scores that need not be asked for again, by the ids of items. */
  found: ReadonlyMap<string, ScoreRow>;
  /** Scores of other items or models that were moved out of the file. */
  moved: number;
  /** Adds the row of an item, and returns it with its key. */
  add(id: string, row: ScoreRow): Promise<ScoreRow>;
  /** Writes the manifest as of now. */
  save(): Promise<void>;
}

/** Opens the scores of an earlier run, or a new file of them with its manifest. */
async function openScores(
  out: string,
  {
    model,
    items,
    options,
    confirm,
  }: Omit<Asking, 'outcome' | 'lease'> & Pick<Lease, 'confirm'> & { options: ScoreConfig },
): Promise<KeptScores> {
  const { likelihoodKey } = await import('../../chat/index.ts');
  const { itemName } = await import('../../files/index.ts');
  const { runManifest } = await import('./run-manifest.ts');
  const { input, model: source, modelName, chat } = options;
  const config = { model: source, modelName, ...(chat && { chat }) };
  const { run, save } = await runManifest(out, { model, config, seed: 0, inputs: [input] }, confirm);
  const keyed = items.map(({ id, rowId, prompt, continuation, chat }) => {
    const key = likelihoodKey({ model, run }, { prompt, chat, continuations: [continuation] });
    return { name: id, id: rowId, key };
  });
  const keys = new Map(keyed.map(({ name, key }) => [name, key]));
  const file = await openResultFile(out, {
    items: keyed,
    field: 'logprob',
    isResult: Number.isFinite,
    confirm,
  });
  await save();
  const found = new Map<string, ScoreRow>();
  for (const { name, id } of keyed) {
    const row = file.found.get(itemName({ id }));
    if (row !== undefined) found.set(name, row);
  }
  const add = async (name: string, row: ScoreRow) => {
    const kept = { ...row, key: keys.get(name) ?? '' };
    await file.add(kept);
    return kept;
  };
  return { found, moved: file.moved, add, save };
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

function rowText({ id, logprob, tokens, greedy, error }: ScoreRow): string {
  if (logprob === null) return `${id}: no score, ${error}`;
  return `${id}: ${Number(logprob).toFixed(4)} nats, ${tokens} tokens${greedy === true ? ', greedy' : ''}`;
}

function failuresIn(rows: readonly ScoreRow[]): FailureCount[] {
  return countFailures(rows, ({ id, logprob, error, kind: stated }) => {
    if (logprob !== null) return undefined;
    const kind = FAILURE_KINDS.find(known => known === stated) ?? 'no-answer';
    return { id: String(id), kind, message: String(error) };
  });
}

function report(
  items: readonly ScoreItem[],
  { rows, before, moved }: Outcome,
  { out, json }: { out: string | undefined; json: boolean },
): void {
  const found = items.flatMap(({ id }) => rows.get(id) ?? []);
  const failures = failuresIn(found);
  const failed = failures.reduce((sum, { n }) => sum + n, 0);
  const left = items.length - found.length;
  const scored = found.length - before - failed;
  if (out !== undefined && json)
    printJson({
      out,
      before,
      scored,
      failed,
      left,
      ...(failed > 0 && { failures }),
      ...(moved > 0 && { moved }),
    });
  else {
    const parts = [`${scored} scored`];
    if (before > 0) parts.push(`${before} were scored before`);
    if (out !== undefined && moved > 0)
      parts.push(`${moved} of other rows or models moved to ${earlierResults(out)}`);
    if (failed > 0) parts.push(`${failed} failed; re-run the command to retry them`);
    if (left > 0) parts.push(`stopped with ${left} left`);
    const lines = [`${out ?? 'score'}: ${parts.join('; ')}`, ...failureLines(failures)];
    if (out !== undefined || failed + left > 0) console.error(lines.join('\n'));
  }
  if (left > 0) process.exitCode = INTERRUPTED;
  else if (failed > 0) process.exitCode = FAILED;
}
