import { endOfValue, parseLooseJson } from './json-values.ts';

/** A value of a file, or a piece that is none, and the line it begins on, counted from 1. */
export type ScannedValue = { value: unknown; line: number } | { broken: string; line: number };

/** Most pieces whose end is looked for beyond their line and not found: each search may go through the whole file. */
const MOST_SEARCHES = 100;

/** Sign that begins a further line of a pretty-printed value. */
const CONTINUES = /[ \t\r}\]]/;

/** Reads the JSON values of a text in order: each on a line of its own, or spanning lines. */
export class ValueScanner {
  readonly #text: string;
  #at = 0;
  #line = 1;
  #searches = 0;
  /** End of a line that holds several values, so that it is not parsed as one again behind each of them. */
  #sharedUntil = 0;

  /** @param text without a byte order mark. */
  constructor(text: string) {
    this.#text = text;
  }

  /** Returns the next value, or the next piece that is none; undefined at the end. */
  next(): ScannedValue | undefined {
    this.#skipBlank();
    if (this.#at === this.#text.length) return undefined;
    const line = this.#line;
    const shared = this.#at < this.#sharedUntil;
    const end = shared ? this.#sharedUntil : this.#lineEnd(this.#at);
    const onLine = shared ? undefined : parsed(this.#text.slice(this.#at, end));
    if (onLine) {
      this.#advance(end);
      return { ...onLine, line };
    }
    const to = this.#closingEnd() ?? this.#brokenEnd(end);
    if (to < end) this.#sharedUntil = end;
    const piece = this.#text.slice(this.#at, to);
    this.#advance(to);
    return { ...(parsed(piece) ?? { broken: piece }), line };
  }

  /** Finds the end of an object or array that closes, perhaps on a later line. */
  #closingEnd(): number | undefined {
    if (!/[[{]/.test(this.#text.charAt(this.#at)) || this.#searches >= MOST_SEARCHES) return undefined;
    const end = endOfValue(this.#text, this.#at);
    if (end === undefined) this.#searches++;
    return end;
  }

  /** Finds the end of a piece that is no value: of its line, or of the lines of a value that is not closed. */
  #brokenEnd(lineEnd: number): number {
    let end = lineEnd;
    if (!/[[{]/.test(this.#text.charAt(this.#at))) return end;
    while (end < this.#text.length && CONTINUES.test(this.#text.charAt(end + 1)))
      end = this.#lineEnd(end + 1);
    return end;
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end < 0 ? this.#text.length : end;
  }

  #skipBlank(): void {
    const blank = /\s*/y;
    blank.lastIndex = this.#at;
    blank.test(this.#text);
    this.#advance(blank.lastIndex);
  }

  #advance(to: number): void {
    this.#line += this.#text.slice(this.#at, to).split('\n').length - 1;
    this.#at = to;
  }
}

/** Parses a value; undefined if the text is none. */
function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: parseLooseJson(text) };
  } catch {
    return undefined;
  }
}
