import type { FailureKind } from '../schema.ts';
import { parseRating } from './replies/parse-rating.ts';
import { idOf, type Row } from './row.ts';

/** A judge's rating of one answer. */
export interface SingleReview {
  promptId: string;
  model: string;
  /** 2 where the answer to the second turn is rated. */
  turn?: number;
  /** Null where the judge gave none that can be read. */
  score: number | null;
  text: string;
  /** Reason why there is none, where the judge could not be asked. */
  error?: string;
  /** Kind of that failure. */
  failure?: FailureKind;
}

/**
 * Reads MT-bench's judgement of one answer: `question_id`, `model`, the reply as `judgment` or `text`, and its `score`,
 * −1 where there is none; a missing score is read from the reply.
 *
 * @returns undefined of what is none.
 */
export function singleReviewOf(row: Row): SingleReview | undefined {
  const { model, judgment, text: reply, score, turn } = row.value;
  const text = judgment ?? reply;
  const promptId = idOf(row, ['question_id']);
  if (promptId === undefined || typeof model !== 'string' || typeof text !== 'string') return undefined;
  return {
    promptId,
    model,
    ...(typeof turn === 'number' && { turn }),
    score: score === undefined ? parseRating(text) : statedScore(score),
    text,
  };
}

function statedScore(score: unknown): number | null {
  return typeof score === 'number' && score >= 0 ? score : null;
}
