import { splitChannels } from './channels.ts';
import { CodeSpans } from './code-spans.ts';
import { type FoundMark, findMarks, type Marks, type SplitText } from './reasoning-marks.ts';

/**
 * Splits a model's text into its answer and its reasoning: `<think>…</think>` and the marks of other models, gpt-oss's
 * channels. A block that is not closed is reasoning up to the end; a closing mark without an opening one, as where the
 * prompt ends with the opening one, ends reasoning that began with the text. Marks inside code that follows are text.
 * Without reasoning the text is returned as it is.
 *
 * @param options.opened states that the prompt ended with an opening mark.
 * @example
 * splitReasoning('<think>2 and 2…</think>\n\n4') // { content: '4', reasoning: '2 and 2…' }
 */
export function splitReasoning(text: string, { opened = false }: { opened?: boolean } = {}): SplitText {
  const channels = splitChannels(text);
  if (channels) return channels;
  const marks = findMarks(text);
  const splitter = new Splitter(text, marks, opened);
  for (const mark of marks) splitter.read(mark);
  return splitter.finish();
}

/** Reads the marks of a text in order. */
class Splitter {
  readonly #text: string;
  readonly #code: CodeSpans;
  /** Offset of the last closing mark of each kind. */
  readonly #lastClose = new Map<Marks, number>();
  readonly #reasoning: string[] = [];
  /** Kinds whose opening mark was taken for text, so that the next closing one is text too. */
  readonly #asText = new Set<Marks>();
  #content = '';
  /** True once the content is not blank. */
  #speaks = false;
  /** Offset after the last mark that counted. */
  #from = 0;
  /** Marks of the block that is open; `unknown` where the prompt opened it. */
  #inside: Marks | 'unknown' | undefined;

  constructor(text: string, marks: readonly FoundMark[], opened: boolean) {
    this.#text = text;
    this.#code = new CodeSpans(text);
    for (const { marks: kind, opens, start } of marks) if (!opens) this.#lastClose.set(kind, start);
    if (opened) this.#inside = 'unknown';
  }

  read(mark: FoundMark): void {
    if (this.#inside !== undefined) this.#readInside(mark, this.#inside);
    else if (mark.opens) this.#readOpening(mark);
    else this.#readClosing(mark);
  }

  finish(): SplitText {
    const rest = this.#text.slice(this.#from);
    if (this.#inside !== undefined) this.#reasoning.push(rest);
    else this.#content += rest;
    if (this.#reasoning.length === 0) return { content: this.#text };
    const reasoning = this.#reasoning.map(part => part.trim()).filter(part => part !== '');
    return { content: this.#content.trim(), reasoning: reasoning.join('\n\n') };
  }

  #readInside({ marks, opens, start, end }: FoundMark, inside: Marks | 'unknown'): void {
    // A template may write the opening mark that a server repeats at the start of the answer.
    const repeated = opens && inside === 'unknown' && this.#text.slice(0, start).trim() === '';
    if (repeated) this.#begin(marks, end);
    else if (!opens && (inside === marks || inside === 'unknown')) this.#end(start, end);
  }

  #readOpening({ marks, start, end }: FoundMark): void {
    const before = this.#text.slice(this.#from, start);
    const leads = !this.#speaks && before.trim() === '';
    const closed = (this.#lastClose.get(marks) ?? -1) > start;
    const inText = marks.leading || this.#code.holds(start) || !(closed || this.#beginsLine(start));
    if (!leads && inText) {
      this.#asText.add(marks);
      return;
    }
    this.#content += before;
    this.#speaks = !leads;
    this.#begin(marks, end);
  }

  #readClosing({ marks, start, end }: FoundMark): void {
    const isText = this.#asText.delete(marks);
    const inCode = this.#code.holds(start);
    const alone = this.#beginsLine(start) && /^[ \t]*(\r?\n|$)/.test(this.#text.slice(end, end + 100));
    if (marks.leading || (isText && (inCode || !alone)) || (inCode && !alone)) return;
    const before = this.#content + this.#text.slice(this.#from, start);
    this.#content = '';
    this.#speaks = false;
    this.#reasoning.push(before);
    this.#from = end;
    this.#code.restartAt(end);
  }

  #begin(marks: Marks, end: number): void {
    this.#inside = marks;
    this.#from = end;
  }

  #end(start: number, end: number): void {
    this.#reasoning.push(this.#text.slice(this.#from, start));
    this.#inside = undefined;
    this.#from = end;
    this.#code.restartAt(end);
  }

  #beginsLine(offset: number): boolean {
    return /(^|\n)[ \t]*$/.test(this.#text.slice(Math.max(0, offset - 100), offset));
  }
}
