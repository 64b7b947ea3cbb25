import type { Rating } from '../schema.ts';
import { pairHash } from '../text/index.ts';
import { parseDocument } from './parse-document.ts';
import { ReadError, shown } from './read-error.ts';
import { idOf } from './row.ts';

const ANNOTATORS = ['annotator1', 'annotator2', 'annotator3'] as const;
const CHOICES = ['tie', 'left', 'right'] as const;

/**
 * Reads human ratings as PandaLM publishes them: a JSON array of rows of `idx`, `cmp_key` (`MODEL_OTHER`),
 * `response1`, `response2` and three annotators' choices, 1 or 2, or 0 where both are as good.
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
    const promptId = idOf(row, ['idx']);
    const { cmp_key: key, response1, response2 } = row.value;
    const [left, right, ...more] = typeof key === 'string' ? key.split('_') : [];
    const choices = ANNOTATORS.map(annotator => CHOICES[Number(row.value[annotator])]);
    if (
      promptId === undefined ||
      left === undefined ||
      right === undefined ||
      more.length > 0 ||
      !isPlain(response1) ||
      !isPlain(response2) ||
      choices.includes(undefined)
    ) {
      const required = 'idx, cmp_key of two models, response1, response2 and a 0, 1 or 2 of each annotator';
      throw new ReadError({ at: row.at, required, found: shown(row.value) });
    }
    const contentHash = pairHash(String(response1), String(response2));
    return choices.flatMap((choice, index) =>
      choice === undefined
        ? []
        : { promptId, annotator: ANNOTATORS[index] ?? '', left, right, choice, contentHash, at: '' },
    );
  });
}

/** Reports whether a value is an answer: a few of the published ones, such as "True", are values of JSON. */
function isPlain(value: unknown): value is string | boolean | number {
  return ['string', 'boolean', 'number'].includes(typeof value);
}
