import type { Rating } from '../../schema.ts';
import { pairHash } from '../../text/index.ts';
import { type FieldCheck, hasFields, isId, isText } from '../fields.ts';
import { type EntryRating, rowFormat } from '../file-format.ts';
import { generationOf } from '../generation.ts';
import { parseDocument } from '../parse-document.ts';
import { ReadError, shown } from '../read-error.ts';
import { type Row, requireId, requireText, textOf } from '../row.ts';

const ANNOTATOR = /^annotator\d+$/;
const CHOICES = ['tie', 'left', 'right'] as const;

/** A few of the published answers, such as "True", are values of JSON. */
const isAnswer: FieldCheck = value => ['string', 'boolean', 'number'].includes(typeof value);

/** PandaLM's pairs: the responses of two models to an instruction, and each annotator's choice between them. */
export const pandaLmPairs = rowFormat({
  name: 'pandalm',
  kind: 'answers',
  sign: 'rows of idx, cmp_key, instruction, response1, response2 and annotator1',
  fits: ({ value }) => hasFields(value, { ...PAIR, instruction: isText }),
  read: (row, options) => {
    const { models, texts, ratings } = pairOf(row);
    const input = textOf(row, ['input']) ?? '';
    const parts = [requireText(row, ['instruction']), input].filter(part => part.trim() !== '');
    return {
      prompt: { id: requireId(row, ['idx']), text: parts.join('\n\n') },
      answers: texts.map((text, index) => generationOf(row, { model: models[index] ?? '', text }, options)),
      ratings,
    };
  },
});

/**
 * Reads human ratings as PandaLM publishes them: a JSON array of rows of `idx`, `cmp_key` (`MODEL_OTHER`),
 * `response1`, `response2` and the annotators' choices, 1 or 2, or 0 where both are as good.
 *
 * @throws {ReadError} naming the row that is none.
 * @see Wang et al. 2023, PandaLM
 * @example
 * const row = { idx: 0, cmp_key: 'llama-7b_bloom-7b', response1: 'A.', response2: 'B.' }
 * const votes = { annotator1: 1, annotator2: 0, annotator3: 2 }
 * const ratings = parsePandaLm(JSON.stringify([{ ...row, ...votes }]), 'testset.json')
 * ratings.map(({ choice }) => choice) // ['left', 'tie', 'right']
 */
export function parsePandaLm(text: string, name: string): Rating[] {
  return parseDocument(text, name).rows.flatMap(row => {
    const { texts, ratings } = pairOf(row);
    const contentHash = pairHash(...texts);
    return ratings.map(rating => ({ promptId: requireId(row, ['idx']), ...rating, contentHash, at: '' }));
  });
}

const PAIR = { idx: isId, cmp_key: isText, response1: isAnswer, response2: isAnswer, annotator1: isChoice };

/** Two responses, and the choices between them. */
interface Pair {
  models: readonly [string, string];
  texts: readonly [string, string];
  ratings: EntryRating[];
}

/** @throws {ReadError} if the row is no pair, the key names other than two models, or a choice is none of the three. */
function pairOf({ at, value }: Row): Pair {
  const [left, right, ...more] = String(value.cmp_key).split('_');
  const annotators = Object.keys(value).filter(key => ANNOTATOR.test(key));
  if (
    !hasFields(value, PAIR) ||
    !annotators.every(annotator => isChoice(value[annotator])) ||
    left === undefined ||
    right === undefined ||
    more.length > 0
  ) {
    const required = 'idx, cmp_key of two models, response1, response2 and a 0, 1 or 2 of each annotator';
    throw new ReadError({ at, required, found: shown(value) });
  }
  return {
    models: [left, right],
    texts: [String(value.response1), String(value.response2)],
    ratings: annotators.flatMap(annotator => {
      const choice = CHOICES[Number(value[annotator])];
      return choice === undefined ? [] : [{ left, right, choice, annotator }];
    }),
  };
}

/** Reports whether a value is 0, 1 or 2, as a number or its digit. */
function isChoice(value: unknown): boolean {
  return (typeof value === 'number' || typeof value === 'string') && /^[012]$/.test(String(value));
}
