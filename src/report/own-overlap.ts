import { setOverlap } from '../text/index.ts';
import { type ContentWords, contentWords } from './content-words.ts';

/** A prompt, by its id and text. */
export interface AskedPrompt {
  id: string;
  /** Empty where it is not known. */
  text: string;
}

/**
 * Words that an answer shares with the teacher's answer to the same prompt, beyond those that it shares with the
 * teacher's answer to another: what is left is about the prompt, whatever the style.
 */
export class OwnOverlap {
  readonly #prompts: readonly AskedPrompt[];
  readonly #teacher: readonly ContentWords[];
  /** By prompt the one whose teacher answer is next in length. */
  readonly #next: Int32Array;

  /** @param teacher the teacher's answers, one a prompt. */
  constructor(prompts: readonly AskedPrompt[], teacher: readonly string[]) {
    this.#prompts = prompts;
    this.#teacher = teacher.map((text, i) => contentWords(text, prompts[i]?.text ?? ''));
    this.#next = nextInLength(prompts, teacher);
  }

  /** Prompts whose teacher answer has a content word; the others measure nothing. */
  get measured(): number[] {
    return [...this.#teacher.keys()].filter(prompt => (this.#teacher[prompt]?.size ?? 0) > 0);
  }

  /** Returns the difference of both overlaps of each measured prompt, in percent. */
  of(answers: readonly string[]): Float64Array {
    return Float64Array.from(this.measured, prompt => {
      const words = contentWords(answers[prompt] ?? '', this.#prompts[prompt]?.text ?? '');
      const overlapWith = (other: number) => setOverlap(words, this.#teacher[other] ?? new Set());
      return overlapWith(prompt) - overlapWith(this.#next[prompt] ?? prompt);
    });
  }
}

/** Finds by prompt the one whose answer is next in length, ties by id; of the longest the one before. */
function nextInLength(prompts: readonly AskedPrompt[], answers: readonly string[]): Int32Array {
  const lengthOf = (i: number) => answers[i]?.length ?? 0;
  const idOf = (i: number) => prompts[i]?.id ?? '';
  const order = [...answers.keys()].sort(
    (a, b) => lengthOf(a) - lengthOf(b) || (idOf(a) < idOf(b) ? -1 : Number(idOf(a) > idOf(b))),
  );
  const next = new Int32Array(answers.length);
  for (const [rank, prompt] of order.entries()) next[prompt] = order[rank + 1] ?? order[rank - 1] ?? prompt;
  return next;
}
