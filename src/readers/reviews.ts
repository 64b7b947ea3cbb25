import { modelFromName } from './answers.ts';
import { parseJsonl } from './parse-jsonl.ts';
import { ReadError, shown } from './read-error.ts';
import { parsePairReply } from './replies/parse-pair-reply.ts';
import { idOf, textOf } from './row.ts';

/** A judge's review of two answers to one question. */
export interface Review {
  promptId: string;
  /** Ids of the answers, in the order in which the judge saw them. */
  first: string;
  second: string;
  /** 2 where the answers to the second turn are compared. */
  turn?: number;
  /** The score of each; null where the judge gave none that can be read. */
  scores: readonly [number, number] | null;
  text: string;
  /** Reason why there is none, where the judge could not be asked. */
  error?: string;
}

/**
 * Reads a judge's reviews as FastChat and QLoRA publish them: JSON Lines of `question_id`, `answer1_id`,
 * `answer2_id`, `text` and perhaps `score`, which counts: two numbers, or the better answer, 1 or 2, or 3 for a tie.
 * Where it is −1 there are no scores. Where it is missing they are read from the text, on a scale of 1 to 10.
 *
 * @throws {ReadError} naming file and line, if a row is no review.
 * @example
 * const review = '{"question_id": 1, "answer1_id": "a", "answer2_id": "b", "text": "8 7\\nBoth are clear."}'
 * parseReviews(review, 'reviews.jsonl')[0]?.scores // [8, 7]
 */
export function parseReviews(text: string, name: string): Review[] {
  return parseJsonl(text, name).map(row => {
    const promptId = idOf(row, ['question_id']);
    const { answer1_id: first, answer2_id: second, text: said, score, turn } = row.value;
    if (
      promptId === undefined ||
      typeof first !== 'string' ||
      typeof second !== 'string' ||
      typeof said !== 'string'
    )
      throw new ReadError({
        at: row.at,
        required: 'question_id, answer1_id, answer2_id and text',
        found: shown(row.value),
      });
    const scores = score === undefined ? parsePairReply(said) : statedScores(score);
    return { promptId, first, second, ...(typeof turn === 'number' && { turn }), scores, text: said };
  });
}

/**
 * Maps answer ids to models: of a file of answers with `answer_id` and `model_id`, as FastChat and QLoRA publish
 * them, by which their reviews name answers.
 *
 * @throws {ReadError} naming file and line of a row without an `answer_id`.
 * @example
 * parseAnswerOwners('{"answer_id": "x1", "model_id": "vicuna-13b"}', 'answers.jsonl').get('x1') // 'vicuna-13b'
 */
export function parseAnswerOwners(text: string, name: string): Map<string, string> {
  return new Map(
    parseJsonl(text, name).map(row => {
      const id = idOf(row, ['answer_id']);
      if (id === undefined)
        throw new ReadError({ at: row.at, required: 'answer_id', found: shown(row.value) });
      return [id, textOf(row, ['model_id']) ?? modelFromName(name)];
    }),
  );
}

/**
 * Reviews that name answers by whose they are. Those of none of the owners are `others`, all of one model.
 *
 * @example
 * // Given reviews.
 * withOwners(reviews, new Map([['teacher', 'gpt-4']]))[0]?.first // 'gpt-4'
 */
export function withOwners(
  reviews: readonly Review[],
  owners: ReadonlyMap<string, string>,
  others = 'others',
): Review[] {
  const ownerOf = (id: string) => owners.get(id) ?? others;
  return reviews.map(review => ({
    ...review,
    first: ownerOf(review.first),
    second: ownerOf(review.second),
  }));
}

function statedScores(score: unknown): readonly [number, number] | null {
  if (typeof score === 'number') return VERDICTS[score] ?? null;
  const [first, second]: unknown[] = Array.isArray(score) ? score : [];
  const scores = typeof first === 'number' && typeof second === 'number' && first >= 0 && second >= 0;
  return scores ? [first, second] : null;
}

/** Points of the verdicts that QLoRA's pairwise reviews state. */
const VERDICTS: Record<number, readonly [number, number]> = { 1: [1, 0], 2: [0, 1], 3: [0.5, 0.5] };
