/** A fenced block of Markdown, closed or not, or inline code on one line. */
const CODE =
  /^[ \t]*(`{3,}|~{3,})[^\n]*(?:\n(?![ \t]*\1[`~]*[ \t]*$)[^\n]*)*(?:\n[^\n]*)?|(?<!`)(`+)(?!`)[^\n]*?[^`\n]\2(?!`)/gm;

/** Reports whether offsets of a text, which must not decrease, are inside code. */
export class CodeSpans {
  readonly #text: string;
  readonly #pattern = new RegExp(CODE);
  #span = { start: 0, end: 0 };

  constructor(text: string) {
    this.#text = text;
  }

  /** Forgets a fence that was opened before an offset, such as one inside reasoning. */
  restartAt(offset: number): void {
    this.#span = { start: offset, end: offset };
  }

  holds(offset: number): boolean {
    while (this.#span.end <= offset) {
      this.#pattern.lastIndex = this.#span.end;
      const found = this.#pattern.exec(this.#text);
      this.#span = found
        ? { start: found.index, end: found.index + found[0].length }
        : { start: Infinity, end: Infinity };
    }
    return this.#span.start <= offset;
  }
}
