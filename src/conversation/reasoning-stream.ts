import { findMarks, type SplitText } from './reasoning-marks.ts';
import { splitReasoning } from './split-reasoning.ts';

/** The end of a text that may be the beginning of a mark, or of a channel's header. */
const BEGUN_MARK =
  /(?:(?:<\|(?:channel|start)\|>[^<]*(?:<\|constrain\|>[^<]*)?)?(?:<[^<>\n]{0,40})?|\[\/?[A-Z]{0,5}|◁\/?[a-z]{0,5})$/i;

/** Beginning of an answer in gpt-oss's channels, where special tokens were left out. */
const ANALYSIS = 'analysis';

/** Part of a stream that is decided. */
export interface StreamedText extends SplitText {
  /**
   * True if what was returned before is withdrawn, and this is all of it: a closing mark without an opening one has shown
   * that the text began inside reasoning, as where an unknown prompt ended with the opening mark.
   */
  restarts?: true;
}

/**
 * Splits a text into its answer and its reasoning while it is written, as {@link splitReasoning} splits it when it is
 * whole. What may turn out to be reasoning, or part of a mark, waits until it is decided; only a closing mark that
 * nothing has opened withdraws what was returned.
 *
 * @example
 * const stream = new ReasoningStream()
 * stream.add('<think>2 and') // { content: '', reasoning: '2 and' }
 * stream.add(' 2</think>') // { content: '', reasoning: ' 2' }
 * stream.add('4') // { content: '4' }
 * stream.end() // { content: '' }
 */
export class ReasoningStream {
  readonly #opened: boolean;
  #text = '';
  /** Content and reasoning that were returned. */
  readonly #given = { content: '', reasoning: '' };

  /** @param options.opened states that the prompt ended with an opening mark. */
  constructor({ opened = false }: { opened?: boolean } = {}) {
    this.#opened = opened;
  }

  /** Adds text, and returns what is decided by now and was not returned. */
  add(text: string): StreamedText {
    this.#text += text;
    const { content, reasoning } = splitReasoning(this.#decided(), { opened: this.#opened });
    // White space before reasoning is no part of the content.
    return this.#next({ content: content.trimEnd(), ...(reasoning && { reasoning }) });
  }

  /** Returns what is left once the text is whole. */
  end(): StreamedText {
    return this.#next(splitReasoning(this.#text, { opened: this.#opened }));
  }

  #next({ content, reasoning = '' }: SplitText): StreamedText {
    const given = { ...this.#given };
    // What the marks' last characters are waiting for may be shorter than what was returned.
    if (given.content.startsWith(content) && given.reasoning.startsWith(reasoning)) return { content: '' };
    const restarts = !(content.startsWith(given.content) && reasoning.startsWith(given.reasoning));
    Object.assign(this.#given, { content, reasoning });
    if (restarts) return { restarts, content, ...(reasoning !== '' && { reasoning }) };
    const added = reasoning.slice(given.reasoning.length);
    return { content: content.slice(given.content.length), ...(added !== '' && { reasoning: added }) };
  }

  /** Returns the beginning of the text that no further text turns into something else. */
  #decided(): string {
    const text = this.#text;
    if (ANALYSIS.startsWith(text) || (text.startsWith(ANALYSIS) && !text.includes('assistantfinal')))
      return '';
    const whole = text.replace(BEGUN_MARK, '');
    const marks = findMarks(whole);
    // An opening mark amid content is text unless a closing one follows.
    const pending = marks.find(
      ({ opens, marks: kind, start }) =>
        opens &&
        !kind.leading &&
        !marks.some(mark => !mark.opens && mark.marks === kind && mark.start > start),
    );
    if (pending === undefined) return whole;
    const { content } = splitReasoning(whole, { opened: this.#opened });
    return content.includes(whole.slice(pending.start, pending.end)) ? whole.slice(0, pending.start) : whole;
  }
}
