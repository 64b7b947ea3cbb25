import { parseDialogues, parseDocument, ReadError, type Row } from '../../readers/index.ts';
import type { ChatMessage } from '../../schema.ts';
import type { EncodedDialogue } from '../../tokenize/index.ts';

/** Conversion of texts to tokens. */
export interface Encoding {
  dialogue(dialogue: ReturnType<typeof parseDialogues>[number]): EncodedDialogue;
  /** Encodes a document, with the token that ends it. */
  document(text: string): number[];
  /** True if the template writes calls of tools and what they return. */
  writesTools: boolean;
}

/** Training data of a file. */
export interface TrainData {
  /** Kind of the rows. */
  of: 'documents' | 'dialogues';
  encoded: EncodedDialogue[];
  /** Dialogues without an answer, or with calls of tools that the template does not write, which are left out. */
  withoutAnswer: number;
}

/**
 * Reads training data: rows of turns, where the loss counts the answers; of `text`, where it counts all tokens; or of
 * `ids` and `lossMask`, as `encodeDialogue` returns them. The first row of a file decides which of these it holds.
 *
 * @throws {ReadError} naming file and line of a row that is none of them.
 */
export function readTrainData(text: string, name: string, encoding: Encoding): TrainData {
  const { rows } = parseDocument(text, name);
  const kind = kindOf(rows);
  if (kind === 'tokens') return { ...whole(rows.map(tokensOf)), of: 'dialogues' };
  if (kind === 'documents') return { ...whole(rows.map(row => documentOf(row, encoding))), of: kind };
  const dialogues = parseDialogues(text, name);
  const answered = dialogues.filter(
    ({ turns }) => saysAll(turns, encoding.writesTools) && turns.some(({ role }) => role === 'assistant'),
  );
  return {
    of: 'dialogues',
    encoded: answered.map(dialogue => encoding.dialogue(dialogue)),
    withoutAnswer: dialogues.length - answered.length,
  };
}

/** Prompt of a dialogue, with the messages before it and the answer that the dialogue has. */
export interface DialoguePrompt {
  id: string;
  text: string;
  history: ChatMessage[];
  reference: string;
}

/** Reads the prompts of dialogues, each what precedes its first answer; of other training data there are none. */
export function readDialoguePrompts(text: string, name: string): DialoguePrompt[] {
  if (kindOf(parseDocument(text, name).rows) !== 'dialogues') return [];
  return parseDialogues(text, name).flatMap(({ id, turns }) => {
    const answered = turns.findIndex(({ role }) => role === 'assistant');
    const [prompt, answer] = [turns[answered - 1], turns[answered]];
    if (prompt?.role !== 'user' || !answer) return [];
    return [{ id, text: prompt.content, history: turns.slice(0, answered - 1), reference: answer.content }];
  });
}

function kindOf([first]: readonly Row[]): 'tokens' | 'documents' | 'dialogues' {
  if (first && Array.isArray(first.value.ids)) return 'tokens';
  return first && typeof first.value.text === 'string' ? 'documents' : 'dialogues';
}

/**
 * Reports whether a template can write all turns: one that a model spends on reasoning alone holds no answer, and
 * calls of tools are left to templates that write them.
 */
function saysAll(turns: readonly ChatMessage[], writesTools: boolean): boolean {
  return turns.every(
    ({ role, content, reasoning, toolCalls }) =>
      (writesTools || (role !== 'tool' && toolCalls === undefined)) &&
      !(content === '' && reasoning !== undefined && toolCalls === undefined),
  );
}

function whole(encoded: EncodedDialogue[]): Omit<TrainData, 'of'> {
  return { encoded, withoutAnswer: 0 };
}

function documentOf({ at, value: { text } }: Row, encoding: Encoding): EncodedDialogue {
  if (typeof text !== 'string') throw new ReadError({ at, required: 'a text', found: JSON.stringify(text) });
  const ids = encoding.document(text);
  return { id: at, ids, lossMask: ids.map(() => 1) };
}

function tokensOf({ at, value: { id, ids, lossMask } }: Row): EncodedDialogue {
  if (isTokenIds(ids) && isLossMask(lossMask) && ids.length === lossMask.length)
    return { id: String(id ?? at), ids, lossMask };
  throw new ReadError({
    at,
    required: 'as many ids, whole numbers, as lossMask, each 0 or 1,',
    found: JSON.stringify({ ids, lossMask }).slice(0, 80),
  });
}

function isTokenIds(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(id => Number.isInteger(id) && id >= 0);
}

function isLossMask(value: unknown): value is (0 | 1)[] {
  return Array.isArray(value) && value.every(bit => bit === 0 || bit === 1);
}
