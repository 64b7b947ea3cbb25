import type { Duplicate, Generation, Prompt, Unmatched } from '../schema.ts';
import { promptKey } from '../text/index.ts';
import type { Answers } from './answers.ts';

/** One model's answers, under the id that its column has in a comparison. */
export interface JoinColumn {
  id: string;
  answers: Answers;
}

/** One prompt with the answers that were found for it; a failed call is not among them. */
export interface JoinedItem {
  promptId: string;
  /** Undefined where no file holds the prompt's text. */
  prompt?: Prompt;
  answers: Record<string, Generation & { text: string }>;
}

/** Prompts with their answers, and what could not be joined. */
export interface Joined {
  /** Every prompt that any file names, in the order of the prompts, then of the first column. */
  items: JoinedItem[];
  /** Prompts that lack an answer, and whose; the prompt's other answers remain in `items`. */
  unmatched: Unmatched[];
  duplicates: Duplicate[];
}

interface Entry {
  id: string;
  prompt?: Prompt;
  answers: Map<string, Generation>;
}

/**
 * Joins the answers of several models by prompt: by id, unless the ids have different texts; else by the prompt's
 * text. An answer whose text is null is a failure: it is listed as missing, with its error as the reason, and never
 * scored. Of two answers by one model the first that did not fail is kept and the other is reported.
 *
 * @param columns the models' answers; ids must differ.
 * @param prompts texts and categories of the prompts, where the answers' own files do not hold them.
 */
export function joinAnswers(columns: readonly JoinColumn[], prompts: readonly Prompt[] = []): Joined {
  const book = new PromptBook();
  for (const prompt of prompts) book.add(prompt.id, prompt);
  const duplicates: Duplicate[] = [];
  for (const { id, answers } of columns) {
    const texts = new Map(answers.prompts.map(prompt => [prompt.id, prompt]));
    const seen = new Map<string, Entry>();
    for (const generation of answers.generations) {
      const { promptId } = generation;
      const earlier = seen.get(promptId);
      const entry = earlier ?? book.entry(promptId, texts.get(promptId), id);
      seen.set(promptId, entry);
      if (earlier) duplicates.push({ promptId: entry.id, answer: id });
      if ((entry.answers.get(id)?.text ?? null) === null) entry.answers.set(id, generation);
    }
  }
  const ids = columns.map(({ id }) => id);
  return {
    items: book.entries.map(joinedItem),
    unmatched: book.entries.flatMap(entry => unmatchedOf(entry, ids)),
    duplicates,
  };
}

/** Finds the entry that a prompt belongs to, by id and by text. */
class PromptBook {
  readonly entries: Entry[] = [];
  readonly #byId = new Map<string, Entry>();
  readonly #byText = new Map<string, Entry[]>();

  /** Returns the entry for a prompt that `column` has not answered yet. */
  entry(id: string, prompt: Prompt | undefined, column: string): Entry {
    const key = prompt && promptKey(prompt.text);
    const open = (entry: Entry | undefined) => entry !== undefined && !entry.answers.has(column);
    const sameId = this.#byId.get(id);
    const agrees = !sameId?.prompt || key === undefined || promptKey(sameId.prompt.text) === key;
    const found =
      (agrees && open(sameId) ? sameId : undefined) ??
      (key === undefined ? undefined : this.#byText.get(key)?.find(open)) ??
      this.add(id, prompt);
    if (prompt && !found.prompt) this.#learn(found, prompt);
    return found;
  }

  add(id: string, prompt: Prompt | undefined): Entry {
    const entry: Entry = { id: this.#free(id), answers: new Map() };
    this.entries.push(entry);
    this.#byId.set(entry.id, entry);
    if (prompt) this.#learn(entry, prompt);
    return entry;
  }

  #learn(entry: Entry, prompt: Prompt): void {
    entry.prompt = prompt;
    const key = promptKey(prompt.text);
    const same = this.#byText.get(key);
    if (same) same.push(entry);
    else this.#byText.set(key, [entry]);
  }

  /** Returns the id, or the id with a number where another text already has it. */
  #free(id: string): string {
    let free = id;
    for (let number = 2; this.#byId.has(free); number++) free = `${id} (${number})`;
    return free;
  }
}

function joinedItem({ id, prompt, answers }: Entry): JoinedItem {
  const given = [...answers].flatMap(([column, generation]) =>
    generation.text === null ? [] : [[column, { ...generation, text: generation.text }] as const],
  );
  return { promptId: id, ...(prompt ? { prompt } : {}), answers: Object.fromEntries(given) };
}

function unmatchedOf({ id, answers }: Entry, columns: string[]): Unmatched[] {
  const missing = columns.filter(column => (answers.get(column)?.text ?? null) === null);
  const reasons = missing.flatMap(column => answers.get(column)?.error?.message ?? []);
  if (missing.length === 0) return [];
  return [{ promptId: id, missing, ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}) }];
}
