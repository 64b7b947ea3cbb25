import type { Rating } from '../../schema.ts';
import type { ReadOptions } from '../answers.ts';
import type { Entry } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import type { Row } from '../row.ts';

/** Returns the choice between two answers by how much better the first is. */
export function choiceOf(advantage: number): Rating['choice'] {
  if (advantage === 0) return 'tie';
  return advantage > 0 ? 'left' : 'right';
}

/** Two models' answers to a prompt, and which an annotator prefers, if any. */
export interface AnswerPair {
  left: { model: string; text: string | null };
  right: { model: string; text: string | null };
  choice: Rating['choice'] | undefined;
  annotator: string;
}

/** Returns the answers of a pair, and the choice between them where they are of two models. */
export function pairContent(
  row: Row,
  { left, right, choice, annotator }: AnswerPair,
  options: ReadOptions,
): Pick<Entry, 'answers' | 'ratings'> {
  const answers = [generationOf(row, left, options), generationOf(row, right, options)];
  if (choice === undefined || left.model === right.model) return { answers };
  return { answers, ratings: [{ left: left.model, right: right.model, choice, annotator }] };
}
