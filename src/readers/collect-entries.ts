import type { Generation, Prompt, Rating } from '../schema.ts';
import { contentHash, pairHash, promptKey } from '../text/index.ts';
import type { Entry, EntryPrompt, EntryRating } from './file-format.ts';
import { ReadError, shown } from './read-error.ts';
import type { Row } from './row.ts';

/** Content of a file's records together. */
export interface Collected {
  prompts: Prompt[];
  generations: Generation[];
  ratings: Rating[];
  /** Ids that the file has given to several prompts. */
  sharedIds: string[];
  /** Answers beyond the first of the same model to the same prompt. */
  samples: number;
}

/** Gathers records: each prompt once, by id, or by its text where it has none. */
export class EntryCollector {
  readonly #source: string;
  /** The prompts of an id: more than one if the file has given it to different texts. */
  readonly #prompts = new Map<string, Prompt[]>();
  readonly #unknown = new Set<string>();
  readonly #sharedIds = new Set<string>();
  readonly #generations: Generation[] = [];
  readonly #ratings: Rating[] = [];
  readonly #answered = new Set<string>();
  #samples = 0;
  /** Records that were added. */
  rows = 0;

  /** @param source name of the file, for its prompts. */
  constructor(source: string) {
    this.#source = source;
  }

  /** Adds a record. @throws {ReadError} if it has neither id nor prompt, so that its answers belong to nothing. */
  add({ prompt, answers, ratings = [] }: Entry, row: Row): void {
    const promptId = this.#promptId(prompt, row);
    this.rows++;
    for (const answer of answers) {
      const key = JSON.stringify([promptId, answer.model]);
      if (this.#answered.has(key)) this.#samples++;
      this.#answered.add(key);
      this.#generations.push({ promptId, ...answer });
    }
    const texts = new Map(answers.map(({ model, text }) => [model, text ?? '']));
    for (const rating of ratings) this.#ratings.push(ratingOf(rating, promptId, texts));
  }

  /** Returns what was added. */
  collected(): Collected {
    return {
      prompts: [...this.#prompts.values()].flat(),
      generations: this.#generations,
      ratings: this.#ratings,
      sharedIds: [...this.#sharedIds],
      samples: this.#samples,
    };
  }

  /** Counts the prompts that differ: by text, where it is known. */
  countPrompts(): number {
    const texts = new Set([...this.#prompts.values()].flat().map(({ text }) => text));
    const unknown = [...this.#unknown].filter(id => !this.#prompts.has(id));
    return texts.size + unknown.length;
  }

  #promptId({ id, text, ...about }: EntryPrompt, { at, value }: Row): string {
    const wanted = id ?? (text === undefined ? undefined : promptKey(text));
    if (wanted === undefined) throw new ReadError({ at, required: 'an id or a prompt', found: shown(value) });
    if (text === undefined) {
      this.#unknown.add(wanted);
      return wanted;
    }
    const known = this.#prompts.get(wanted) ?? [];
    const same = known.find(prompt => prompt.text === text);
    if (same) return same.id;
    // Texts that differ in white space alone have one key, by which files are joined.
    const other = id === undefined ? contentHash(text) : `${id} (${known.length + 1})`;
    if (id !== undefined && known.length > 0) this.#sharedIds.add(id);
    const free = known.length === 0 ? wanted : other;
    this.#prompts.set(wanted, [...known, { id: free, text, ...about, source: this.#source }]);
    return free;
  }
}

function ratingOf(
  { left, right, choice, annotator }: EntryRating,
  promptId: string,
  texts: ReadonlyMap<string, string>,
): Rating {
  const contentHash = pairHash(texts.get(left) ?? '', texts.get(right) ?? '');
  return { promptId, annotator, left, right, choice, contentHash, at: '' };
}
