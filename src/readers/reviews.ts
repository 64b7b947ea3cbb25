import type { FailureKind } from '../schema.ts';
import { modelFromName } from './answers.ts';
import { parseJsonl } from './parse-jsonl.ts';
import { ReadError, shown } from './read-error.ts';
import { parsePairReply } from './replies/parse-pair-reply.ts';
import { idOf, type Row, textOf } from './row.ts';
import { type SingleReview, singleReviewOf } from './single-reviews.ts';

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
  /** Kind of that failure. */
  failure?: FailureKind;
}

/**
 * Reads a judge's reviews, JSON Lines in one of two forms. FastChat and QLoRA publish `question_id`, `answer1_id`,
 * `answer2_id`, `text` and perhaps `score`, which counts: two numbers, or the better answer, 1 or 2, or 3 for a tie.
 * Where it is −1 there are no scores. Where it is missing they are read from the text, on a scale of 1 to 10.
 * MT-bench publishes judgements of a pair in both orders, each with its winner: two reviews, which score 1 and 0.
 *
 * @throws {ReadError} naming file and line, if a row is no review of two answers.
 * @example
 * const review = '{"question_id": 1, "answer1_id": "a", "answer2_id": "b", "text": "8 7\\nBoth are clear."}'
 * parseReviews(review, 'reviews.jsonl')[0]?.scores // [8, 7]
 */
export function parseReviews(text: string, name: string): Review[] {
  return parseJsonl(text, name).flatMap(row => {
    const found = pairReviewsOf(row);
    if (found.length > 0) return found;
    throw noReview(row, `${PAIR_REVIEW}, or MT-bench’s judgement of a pair`);
  });
}

/** A judge's reviews: of pairs of answers, and of single ones. */
export interface Judgements {
  pairs: Review[];
  singles: SingleReview[];
}

/**
 * Reads a judge's reviews of pairs, as {@link parseReviews} does, and of single answers, as MT-bench publishes them and
 * `judge --mode single` keeps them: `question_id`, `model`, `judgment` or `text`, perhaps `turn`, and `score`, which
 * counts. Where it is −1 there is none; where it is missing it is read from the text, on a scale of 1 to 10.
 *
 * @throws {ReadError} naming file and line, if a row is no review.
 * @example
 * const review = '{"question_id": 81, "model": "mine", "judgment": "Rating: [[7]]", "score": 7, "turn": 1}'
 * parseJudgements(review, 'gpt-4_single.jsonl').singles[0]?.score // 7
 */
export function parseJudgements(text: string, name: string): Judgements {
  const pairs: Review[] = [];
  const singles: SingleReview[] = [];
  for (const row of parseJsonl(text, name)) {
    const ofPair = pairReviewsOf(row);
    const single = ofPair.length > 0 ? undefined : singleReviewOf(row);
    if (single) singles.push(single);
    else if (ofPair.length === 0) throw noReview(row, `${PAIR_REVIEW}, or a judgement of MT-bench`);
    pairs.push(...ofPair);
  }
  return { pairs, singles };
}

/** Fields of a review of a pair, for errors. */
const PAIR_REVIEW = 'question_id, answer1_id, answer2_id and text';

function noReview({ at, value }: Row, required: string): ReadError {
  return new ReadError({ at, required, found: shown(value) });
}

/** Returns the reviews of a pair that a row holds; none where it is of another kind. */
function pairReviewsOf(row: Row): Review[] {
  const promptId = idOf(row, ['question_id']);
  return promptId === undefined ? [] : (reviewOf(row, promptId) ?? judgementsOf(row, promptId));
}

function reviewOf({ value }: Row, promptId: string): Review[] | undefined {
  const { answer1_id: first, answer2_id: second, text, score } = value;
  if (typeof first !== 'string' || typeof second !== 'string' || typeof text !== 'string') return undefined;
  const scores = score === undefined ? parsePairReply(text) : statedScores(score);
  return [{ promptId, first, second, ...turnOf(value), scores, text }];
}

/** Reads MT-bench's judgement of a pair: in the first game the judge saw `model_1` first, in the second `model_2`. */
function judgementsOf({ value }: Row, promptId: string): Review[] {
  const { model_1: one, model_2: two } = value;
  if (typeof one !== 'string' || typeof two !== 'string') return [];
  const game = (number: 1 | 2, first: string, second: string): Review[] => {
    const text = value[`g${number}_judgment`];
    if (typeof text !== 'string') return [];
    const winners: Record<string, readonly [number, number]> = {
      [`model_${number}`]: [1, 0],
      [`model_${3 - number}`]: [0, 1],
      tie: [0.5, 0.5],
    };
    const scores = winners[String(value[`g${number}_winner`])] ?? null;
    return [{ promptId, first, second, ...turnOf(value), scores, text }];
  };
  return [...game(1, one, two), ...game(2, two, one)];
}

function turnOf({ turn }: Row['value']): { turn?: number } {
  return typeof turn === 'number' ? { turn } : {};
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
