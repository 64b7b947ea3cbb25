import type { AlignedText } from './aligned-text.ts';

/** Token to be placed in a text. */
export interface PlacedToken {
  /** UTF-8 bytes, one character each, that the token represents; `undefined` if it represents what is unknown. */
  bytes: string | undefined;
  /** True if it was added to the vocabulary: the text around it is cut apart from it. */
  isAdded?: boolean;
  /** True if white space around it belongs to it. */
  takesBefore?: boolean;
  takesAfter?: boolean;
}

/** Range of a token's characters in UTF-16 units of the text. */
export type Offset = readonly [start: number, end: number];

const SPACES = [' ', '\xe2\x96\x81'];

/**
 * Finds the characters that tokens represent, one after the other. A token of some of a character's bytes has the
 * whole character. White space that no token represents is skipped, and a space that was put before a text is nowhere.
 *
 * @param prefix bytes that were put before each stretch of text between added tokens; its first character has them.
 * @throws {Error} if a token is not where it should be.
 */
export function placeTokens(aligned: AlignedText, tokens: readonly PlacedToken[], prefix = ''): Offset[] {
  const bytes = Buffer.from(aligned.text, 'utf8').toString('latin1');
  const units = unitsOfBytes(aligned.text);
  const rangeOf = (from: number, to: number): Offset => {
    const first = units[from] ?? aligned.text.length;
    if (to <= from) {
      const end = aligned.ends.at(-1) ?? 0;
      return [aligned.starts[first] ?? end, aligned.ends[first] ?? end];
    }
    const last = units[to - 1] ?? first;
    return [aligned.starts[first] ?? 0, aligned.ends[last] ?? 0];
  };
  const offsets: Offset[] = [];
  let at = 0;
  /** Bytes that were put before what comes next. */
  let before = prefix;
  /** Place of an unknown token, which ends where the next token that is known begins. */
  let unknown: { index: number; from: number } | undefined;
  const close = (end: number) => {
    if (unknown) offsets[unknown.index] = rangeOf(unknown.from, end);
    unknown = undefined;
  };
  for (const [index, token] of tokens.entries()) {
    if (token.bytes === undefined) {
      close(at);
      at = afterSpaces(bytes, at);
      unknown = { index, from: at };
      at = Math.min(bytes.length, at + characterLength(bytes, at));
      offsets.push([0, 0]);
      continue;
    }
    const own = before !== '' && !token.isAdded && token.bytes.startsWith(before) ? before.length : 0;
    const found = find(bytes, token.bytes.slice(own), at, unknown !== undefined);
    before = token.isAdded ? prefix : '';
    if (!found) throw new Error(`Cannot place token ${index + 1} of ${tokens.length} in the text`);
    close(found.start);
    const start = token.takesBefore ? beforeSpaces(bytes, found.start, at) : found.start;
    at = token.takesAfter ? afterSpaces(bytes, found.end) : found.end;
    offsets.push(rangeOf(start, at));
  }
  close(bytes.length);
  return offsets;
}

/** Finds a token's bytes at a place, behind white space, or, after an unknown token, anywhere behind. */
function find(
  bytes: string,
  sought: string,
  at: number,
  anywhere: boolean,
): { start: number; end: number } | undefined {
  const forms = [
    sought,
    ...SPACES.filter(space => sought.startsWith(space)).map(space => sought.slice(space.length)),
  ];
  for (const place of [at, afterSpaces(bytes, at)]) {
    const form = forms.find(one => bytes.startsWith(one, place));
    if (form !== undefined) return { start: place, end: place + form.length };
  }
  if (!anywhere) return undefined;
  const start = bytes.indexOf(sought, at);
  return start < 0 ? undefined : { start, end: start + sought.length };
}

function afterSpaces(bytes: string, at: number): number {
  const spaces = /\s*/y;
  spaces.lastIndex = at;
  return at + (spaces.exec(bytes)?.[0].length ?? 0);
}

function beforeSpaces(bytes: string, at: number, from: number): number {
  let start = at;
  while (start > from && /\s/.test(bytes[start - 1] ?? '')) start -= 1;
  return start;
}

/** Returns the number of bytes of the character that begins at one. */
function characterLength(bytes: string, at: number): number {
  const lead = bytes.charCodeAt(at);
  if (lead < 0xc0) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** Returns, for each byte of a text, the unit at which its character begins. */
function unitsOfBytes(text: string): number[] {
  const units: number[] = [];
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at) ?? 0;
    const count = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (let i = 0; i < count; i++) units.push(at);
    at += point > 0xffff ? 2 : 1;
  }
  return units;
}
