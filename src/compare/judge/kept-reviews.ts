import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { generationKey, generationSettings, type LanguageModel } from '../../chat/index.ts';
import { itemName, type KeyedItem, openRowFile, type Row } from '../../files/index.ts';
import { ReadError, shown } from '../../readers/index.ts';
import { keepManifest } from '../../runs/index.ts';
import type { JudgeCall } from './judge-calls.ts';

/** A review in the fields of its kind, with what it is found by. */
export interface KeptReview extends KeyedItem {
  id: string;
  text: string;
  /** Number of times that the judge was asked before, with replies that could not be read; default 0. */
  retries?: number | undefined;
}

/** Settings of asking a judge. */
export interface JudgeSettings {
  temperature: number;
  maxTokens: number;
  seed: number;
}

/** The reviews of an earlier run, where further ones go, and what ends this run. */
interface KeptReviews<Outcome> {
  /** Returns the review of a call, if an earlier run has it. */
  find(call: JudgeCall<Outcome>): KeptReview | undefined;
  add(call: JudgeCall<Outcome>, outcome: Outcome, text: string, retries: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the reviews in a folder, or new ones; without a folder nothing is kept. Reviews by other judges, with other
 * settings, prompts or answers move to `reviews.earlier.jsonl`, and come back from there in a run that asks for them.
 * Scores are read again from the replies.
 *
 * @param confirm makes sure, before each write, that no other process writes in the folder now, or throws.
 * @throws {TypeError} if the judge has no identity.
 */
export async function openReviews<Outcome>(
  folder: string | undefined,
  judge: LanguageModel,
  calls: readonly JudgeCall<Outcome>[],
  settings: JudgeSettings,
  confirm: () => Promise<void>,
): Promise<KeptReviews<Outcome>> {
  if (folder === undefined) return { find: () => undefined, add: async () => {}, close: async () => {} };
  await mkdir(folder, { recursive: true });
  const { seed } = settings;
  const given = { model: judge, config: { judge: judge.name, ...settings }, seed };
  const { run, save } = await keepManifest(join(folder, 'manifest.json'), given, confirm);
  const chat = generationSettings({ ...settings, chat: true });
  const byId = new Map(calls.map(call => [call.id, call]));
  const keys = new Map(calls.map(call => [call.id, generationKey({ model: judge, run }, call, chat)]));
  const open = () =>
    openRowFile(join(folder, 'reviews.jsonl'), {
      items: Array.from(keys, ([id, key]) => ({ id, key })),
      read: keptReview,
      give: ({ text, retries = 0, ...row }, { id, key }): KeptReview => {
        const call = byId.get(String(id));
        return call ? rowOf(call, call.read(text), { text, key, retries }) : { ...row, text, retries };
      },
      earlier: join(folder, 'reviews.earlier.jsonl'),
      confirm,
    });
  const { found, add } = await open();
  await save();
  let replaced = false;
  return {
    find: call => found.get(itemName(call)),
    add: async (call, outcome, text, retries) => {
      replaced ||= retries > 0;
      await add(rowOf(call, outcome, { text, key: keys.get(call.id) ?? '', retries }));
    },
    close: async () => {
      // Of the replies to one call the last one stays.
      if (replaced) await open();
      await save();
    },
  };
}

/** Makes the row of a review that is kept. */
function rowOf<Outcome>(
  call: JudgeCall<Outcome>,
  outcome: Outcome,
  { text, key, retries }: { text: string; key: string; retries: number },
): KeptReview {
  return { id: call.id, ...call.fieldsOf(outcome), text, key, ...(retries > 0 && { retries }) };
}

/** Reads a row of the kept reviews. @throws {ReadError} if it is none. */
function keptReview({ at, value }: Row): KeptReview {
  const { id, text, key, retries = 0 } = value;
  if (
    typeof id === 'string' &&
    typeof text === 'string' &&
    typeof key === 'string' &&
    typeof retries === 'number'
  )
    return { ...value, id, text, key, ...(retries > 0 && { retries }) };
  throw new ReadError({ at, required: 'a review with its id, text and key', found: shown(value) });
}
