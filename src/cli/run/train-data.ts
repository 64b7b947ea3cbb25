import { parseDialogues, parseDocument, ReadError, type Row } from '../../readers/index.ts';
import type { EncodedDialogue } from '../../tokenize/index.ts';

/** How texts become tokens. */
export interface Encoding {
  dialogue(dialogue: ReturnType<typeof parseDialogues>[number]): EncodedDialogue;
  /** A document, with the token that ends it. */
  document(text: string): number[];
}

/** What was read. */
export interface TrainData {
  encoded: EncodedDialogue[];
  /** Dialogues that hold no answer, so that nothing in them is learned. */
  withoutAnswer: number;
}

/**
 * Reads what is to be learned: rows of turns, whose answers are learned; of `text`, which is learned whole; or of
 * `ids` and `lossMask`, as `encodeDialogue` gives them. The first row of a file says which it holds.
 *
 * @throws {ReadError} naming file and line of a row that is none of them.
 */
export function readTrainData(text: string, name: string, encoding: Encoding): TrainData {
  const { rows } = parseDocument(text, name);
  const [first] = rows;
  if (first && Array.isArray(first.value.ids)) return whole(rows.map(tokensOf));
  if (first && typeof first.value.text === 'string') return whole(rows.map(row => documentOf(row, encoding)));
  const dialogues = parseDialogues(text, name);
  const answered = dialogues.filter(({ turns }) => turns.some(({ role }) => role === 'assistant'));
  return {
    encoded: answered.map(dialogue => encoding.dialogue(dialogue)),
    withoutAnswer: dialogues.length - answered.length,
  };
}

function whole(encoded: EncodedDialogue[]): TrainData {
  return { encoded, withoutAnswer: 0 };
}

function documentOf({ at, value: { text } }: Row, encoding: Encoding): EncodedDialogue {
  if (typeof text !== 'string') throw new ReadError({ at, required: 'a text', found: JSON.stringify(text) });
  const ids = encoding.document(text);
  return { id: at, ids, lossMask: ids.map(() => 1) };
}

function tokensOf({ at, value: { id, ids, lossMask } }: Row): EncodedDialogue {
  const isList = (list: unknown, fits: (item: unknown) => boolean) => Array.isArray(list) && list.every(fits);
  const sound =
    isList(ids, item => Number.isInteger(item) && (item as number) >= 0) &&
    isList(lossMask, item => item === 0 || item === 1) &&
    (ids as []).length === (lossMask as []).length;
  if (sound) return { id: String(id ?? at), ids: ids as number[], lossMask: lossMask as (0 | 1)[] };
  throw new ReadError({
    at,
    required: 'as many ids, whole numbers, as lossMask, each 0 or 1,',
    found: JSON.stringify({ ids, lossMask }).slice(0, 80),
  });
}
