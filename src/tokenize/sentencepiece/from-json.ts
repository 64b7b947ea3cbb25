import { isDeepStrictEqual } from 'node:util';
import { isRecord, shown } from '../../readers/index.ts';
import type { TokenizerJson } from '../tokenizer-file.ts';
import type { Piece } from './model.ts';
import { SPACE } from './normalize.ts';

/** BPE of SentencePiece as a `tokenizer.json` states it. */
export interface SentencePieceBpe {
  /** Pieces by id; an id that no piece has is absent. */
  pieces: readonly (Piece | undefined)[];
  /** True if a text gets a space at its start, and so does each part of it behind a special token. */
  addDummyPrefix: boolean;
}

/** Reports whether a `tokenizer.json` cuts texts as SentencePiece's BPE does: by characters, or else their bytes. */
export function isSentencePieceJson({ model }: TokenizerJson): boolean {
  return model.type === 'BPE' && model.byte_fallback === true;
}

/**
 * Finds pieces and scores by which SentencePiece's BPE, which joins those neighbours that make the piece of the highest
 * score, cuts texts as the merges of a `tokenizer.json` do, which are an order of pairs.
 *
 * @throws {RangeError} if there are none, or if what is done to a text before it is cut is no part of SentencePiece.
 */
export function sentencePieceBpe(json: TokenizerJson): SentencePieceBpe {
  const { vocab } = json.model;
  if (!isRecord(vocab)) refuse('a vocabulary of ids by their texts', vocab);
  requireOptions(json);
  const addDummyPrefix = prefixesSpace(json);
  const types = typesOf(json);
  requireAdded(json, addDummyPrefix);
  const scores = scoresOf(mergesOf(json), types);
  requireAllCuts(Object.keys(vocab), scores, types);
  const pieces: (Piece | undefined)[] = [];
  for (const [text, id] of [...Object.entries(vocab), ...addedIds(json)])
    pieces[Number(id)] = { text, type: types.get(text) ?? 'normal', score: scores.get(text)?.score ?? 0 };
  return { pieces, addDummyPrefix };
}

function refuse(required: string, found: unknown): never {
  throw new RangeError(
    `Cannot state the tokenizer as SentencePiece's: ${required} is required, found ${shown(found)}`,
  );
}

function requireOptions({ model }: TokenizerJson): void {
  for (const option of ['dropout', 'ignore_merges', 'continuing_subword_prefix', 'end_of_word_suffix'])
    if (model[option]) refuse(`a model without "${option}"`, model[option]);
}

const REPLACE = { type: 'Replace', pattern: { String: ' ' }, content: SPACE };
const PREPEND = { type: 'Prepend', prepend: SPACE };

/** Cuts at spaces, of which the normalizer has left none. */
const SPLIT = {
  type: 'Split',
  pattern: { String: ' ' },
  behavior: 'MergedWithPrevious',
  invert: false,
};

/** Finds whether a space is put before a text, of the ways to state either that SentencePiece has too. */
function prefixesSpace({ normalizer, pre_tokenizer: cut }: TokenizerJson): boolean {
  const steps = normalizer?.type === 'Sequence' ? normalizer.normalizers : [normalizer ?? []].flat();
  const isCut = cut && !isDeepStrictEqual(cut, SPLIT);
  if (!isCut && isDeepStrictEqual(steps, [PREPEND, REPLACE])) return true;
  if (!isCut && isDeepStrictEqual(steps, [REPLACE])) return false;
  const isNever = cut?.type === 'Metaspace' && cut.replacement === SPACE && cut.prepend_scheme === 'never';
  if (!normalizer && isNever && cut.split === false) return false;
  // The step Metaspace puts no space before one, and with "first" none behind a special token.
  return refuse(
    'a normalizer that writes spaces as ▁, and puts one before every text or none',
    `${JSON.stringify(normalizer ?? null)} and the pre-tokenizer ${JSON.stringify(cut ?? null)}`,
  );
}

/** Finds the types of pieces that are not normal ones, by their texts. */
function typesOf({ model, added_tokens = [] }: TokenizerJson): Map<string, Piece['type']> {
  const types = new Map<string, Piece['type']>();
  for (let byte = 0; byte < 256; byte++) {
    const text = `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
    if (!(isRecord(model.vocab) && text in model.vocab)) refuse('a piece for each byte', `no ${text}`);
    types.set(text, 'byte');
  }
  for (const { content, special } of added_tokens) types.set(content, special ? 'control' : 'user-defined');
  if (typeof model.unk_token === 'string') types.set(model.unk_token, 'unknown');
  return types;
}

function addedIds({ added_tokens = [] }: TokenizerJson): [text: string, id: number][] {
  return added_tokens.map(({ content, id }) => [content, id]);
}

/** Requires added tokens to be found in a text as SentencePiece finds them. */
function requireAdded({ added_tokens = [] }: TokenizerJson, addDummyPrefix: boolean): void {
  for (const { content, lstrip, rstrip, single_word, normalized } of added_tokens) {
    if (lstrip || rstrip || single_word)
      refuse('an added token as it is written', `${content}, with white space`);
    if (normalized && addDummyPrefix) refuse('an added token that is not normalised', content);
  }
  const spaces = added_tokens.filter(({ content, special }) => !special && content.includes(SPACE));
  const runs = new Set(spaces.map(({ content }) => content));
  for (const run of runs) {
    const isRun = run === SPACE.repeat(run.length) && run.length > 1;
    const isNext = run.length === 2 || runs.has(run.slice(1));
    if (!isRun || !isNext || addDummyPrefix)
      refuse('runs of two spaces and more as added tokens with ▁', run);
  }
}

function mergesOf({ model: { merges } }: TokenizerJson): [left: string, right: string][] {
  if (!Array.isArray(merges)) refuse('a list of merges', merges);
  return merges.map((merge: unknown) => {
    const [left, right]: unknown[] = typeof merge === 'string' ? merge.split(' ') : [merge].flat();
    if (typeof left === 'string' && typeof right === 'string') return [left, right];
    return refuse('merges of two pieces', merge);
  });
}

/** Score of a piece, and the lengths of the first parts of pairs that make it. */
interface ScoredPiece {
  score: number;
  cuts: Set<number>;
}

/** Scores pieces in the order of their merges; those that are user-defined are found before any is merged. */
function scoresOf(
  merges: readonly [left: string, right: string][],
  types: ReadonlyMap<string, Piece['type']>,
): Map<string, ScoredPiece> {
  const scores = new Map<string, ScoredPiece>();
  let last: string | undefined;
  let ordered = 0;
  for (const [left, right] of merges) {
    const text = left + right;
    const isDefined = types.get(text) === 'user-defined';
    if (isDefined && ordered > 0) refuse('merges of added tokens before all others', text);
    const known = scores.get(text);
    if (known && !isDefined && text !== last) refuse('merges of one piece that follow one another', text);
    if (!known && !isDefined) ordered++;
    const scored = known ?? { score: isDefined ? 0 : -ordered, cuts: new Set() };
    scored.cuts.add(left.length);
    scores.set(text, scored);
    last = text;
  }
  return scores;
}

/** Requires merges of all pairs of pieces that make a piece: SentencePiece joins each of them. */
function requireAllCuts(
  texts: readonly string[],
  scores: ReadonlyMap<string, ScoredPiece>,
  types: ReadonlyMap<string, Piece['type']>,
): void {
  const known = new Set(texts);
  for (const text of scores.keys()) if (!known.has(text)) refuse('a piece for each merge', text);
  for (const text of texts) {
    if ((types.get(text) ?? 'normal') !== 'normal') continue;
    for (let cut = 1; cut < text.length; cut++) {
      if (scores.get(text)?.cuts.has(cut)) continue;
      if (known.has(text.slice(0, cut)) && known.has(text.slice(cut)))
        refuse(
          'a merge for each pair that makes a piece',
          `none of ${text.slice(0, cut)} and ${text.slice(cut)}`,
        );
    }
  }
}
