import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { generationKey, generationSettings, type LanguageModel } from '../../chat/index.ts';
import { itemName, type KeyedItem, openRowFile, type Row } from '../../files/index.ts';
import { parsePairReply, ReadError, type Review, shown } from '../../readers/index.ts';
import { keepManifest } from '../../runs/index.ts';
import type { JudgeCall } from './judge-calls.ts';

/** A review as FastChat publishes it; −1 replaces scores that cannot be read. */
export interface KeptReview extends KeyedItem {
  id: string;
  question_id: string;
  answer1_id: string;
  answer2_id: string;
  text: string;
  score: [number, number];
}

/** Settings of asking a judge. */
export interface JudgeSettings {
  temperature: number;
  maxTokens: number;
  seed: number;
}

/** The reviews of an earlier run, where further ones go, and what ends this run. */
interface KeptReviews {
  /** Returns the text of the review of a call, if an earlier run has it. */
  textOf(call: JudgeCall): string | undefined;
  add(call: JudgeCall, review: Review): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the reviews in a folder, or new ones; without a folder nothing is kept. Reviews by other judges, with other
 * settings, prompts or answers move to `reviews.earlier.jsonl`, and come back from there in a run that asks for them.
 *
 * @param confirm makes sure, before each write, that no other process writes in the folder now, or throws.
 * @throws {TypeError} if the judge has no identity.
 */
export async function openReviews(
  folder: string | undefined,
  judge: LanguageModel,
  calls: ReadonlyMap<string, JudgeCall>,
  settings: JudgeSettings,
  confirm: () => Promise<void>,
): Promise<KeptReviews> {
  if (folder === undefined) return { textOf: () => undefined, add: async () => {}, close: async () => {} };
  await mkdir(folder, { recursive: true });
  const { seed } = settings;
  const given = { model: judge, config: { judge: judge.name, ...settings }, seed };
  const { run, save } = await keepManifest(join(folder, 'manifest.json'), given, confirm);
  const chat = generationSettings({ ...settings, chat: true });
  const keys = new Map(
    Array.from(calls, ([id, call]) => [id, generationKey({ model: judge, run }, call, chat)]),
  );
  const { found, add } = await openRowFile(join(folder, 'reviews.jsonl'), {
    items: Array.from(keys, ([id, key]) => ({ id, key })),
    read: keptReview,
    give: (row, { id, key }) => {
      const call = calls.get(String(id));
      return call === undefined ? row : keptOf(call, reviewOf(row.text, call), key);
    },
    earlier: join(folder, 'reviews.earlier.jsonl'),
    confirm,
  });
  await save();
  return {
    textOf: call => found.get(itemName(call))?.text,
    add: (call, review) => add(keptOf(call, review, keys.get(call.id) ?? '')),
    close: save,
  };
}

/** Reads the scores from the text of a review, which may be an earlier run's. */
export function reviewOf(text: string, { promptId, first, second }: JudgeCall): Review {
  return { promptId, first, second, scores: parsePairReply(text), text };
}

/** Reads a row of the kept reviews. @throws {ReadError} if it is none. */
function keptReview({ at, value }: Row): KeptReview {
  if (isKeptReview(value)) return value;
  throw new ReadError({
    at,
    required: 'a review with its id, score and key',
    found: shown(value),
  });
}

function isKeptReview(value: object): value is KeptReview {
  const texts = ['id', 'question_id', 'answer1_id', 'answer2_id', 'text', 'key'];
  const score: unknown = Reflect.get(value, 'score');
  return (
    texts.every(name => typeof Reflect.get(value, name) === 'string') &&
    Array.isArray(score) &&
    score.length === 2 &&
    score.every(one => typeof one === 'number')
  );
}

/** Makes the row of a review that is kept. */
function keptOf(call: JudgeCall, { promptId, first, second, scores, text }: Review, key: string): KeptReview {
  const score: [number, number] = scores ? [...scores] : [-1, -1];
  const review = { question_id: promptId, answer1_id: first, answer2_id: second, text, score };
  return { id: call.id, ...review, key };
}
