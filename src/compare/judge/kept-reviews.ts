import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openRowFile, type RowFile, readIfExists } from '../../files/index.ts';
import { ReadError, type Review, type Row, shown } from '../../readers/index.ts';
import { keepManifest, requireSameSettings } from '../../runs/index.ts';
import type { JudgeCall } from './judge-calls.ts';

/** A review as FastChat publishes it; −1 replaces scores that cannot be read. */
export interface KeptReview {
  id: string;
  question_id: string;
  answer1_id: string;
  answer2_id: string;
  text: string;
  score: [number, number];
  /** SHA-256 of what the judge was asked. */
  asked: string;
}

/** The reviews of an earlier run, where further ones go, and what ends this run. */
interface KeptReviews extends Pick<RowFile<KeptReview>, 'found' | 'add'> {
  close(): Promise<void>;
}

/**
 * Opens the reviews in a folder, or new ones; without a folder nothing is kept.
 *
 * @param config what decides a judge's answers, beside what it is asked.
 * @throws {Error} if the reviews in the folder were started with other settings, naming the first that differs.
 */
export async function openReviews(
  folder: string | undefined,
  config: { judge: string; temperature: number; maxTokens: number; seed: number },
): Promise<KeptReviews> {
  if (folder === undefined) return { found: new Map(), add: async () => {}, close: async () => {} };
  const path = join(folder, 'manifest.json');
  const manifest = await readIfExists(path);
  if (manifest !== undefined)
    requireSameSettings(`the reviews of ${path}`, JSON.parse(manifest).config ?? {}, config);
  await mkdir(folder, { recursive: true });
  const close = await keepManifest(path, { config, seed: config.seed });
  await close();
  const file = join(folder, 'reviews.jsonl');
  const { found, add } = await openRowFile(file, { read: keptReview, failed: () => false });
  return { found, add, close };
}

/** Reads a row of the kept reviews. @throws {ReadError} if it is none. */
function keptReview({ at, value }: Row): KeptReview {
  if (isKeptReview(value)) return value;
  throw new ReadError({
    at,
    required: 'a review with its id, score and the hash of its prompt',
    found: shown(value),
  });
}

function isKeptReview(value: object): value is KeptReview {
  const texts = ['id', 'question_id', 'answer1_id', 'answer2_id', 'text', 'asked'];
  const score: unknown = Reflect.get(value, 'score');
  return (
    texts.every(name => typeof Reflect.get(value, name) === 'string') &&
    Array.isArray(score) &&
    score.length === 2 &&
    score.every(one => typeof one === 'number')
  );
}

/** Makes the row of a review that is kept. */
export function keptOf(call: JudgeCall, { promptId, first, second, scores, text }: Review): KeptReview {
  const score: [number, number] = scores ? [...scores] : [-1, -1];
  const review = { question_id: promptId, answer1_id: first, answer2_id: second, text, score };
  return { id: call.id, ...review, asked: hashOf(call) };
}

/** Returns the review of a call that is kept. @throws {Error} if the judge was asked in other words. */
export function reviewOf({ text, score, asked }: KeptReview, call: JudgeCall): Review {
  const { promptId, first, second } = call;
  if (asked !== hashOf(call))
    throw new Error(
      `the reviews in the folder hold ${first} and ${second} of prompt ${promptId} with another prompt of the judge or other answers: use another folder or delete it`,
    );
  return { promptId, first, second, scores: score[0] < 0 ? null : score, text };
}

function hashOf({ text, history }: JudgeCall): string {
  return createHash('sha256')
    .update(JSON.stringify([history, text]))
    .digest('hex');
}
