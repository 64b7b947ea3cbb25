import type { LanguageModel } from '../../chat/index.ts';
import type { Lease } from '../../runs/index.ts';
import type { ScoreConfig } from '../commands/score.ts';
import { openResultFile } from './result-file.ts';
import type { ScoreItem } from './score-items.ts';

/** Row of one continuation. */
export type ScoreRow = { id: string | number } & Record<string, unknown>;

/** Scores in a file that several runs fill. */
export interface KeptScores {
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
export async function openScores(
  out: string,
  {
    model,
    items,
    options,
    confirm,
  }: {
    model: LanguageModel;
    items: readonly ScoreItem[];
    options: ScoreConfig;
  } & Pick<Lease, 'confirm'>,
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
