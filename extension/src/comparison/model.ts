import type { AnswerColumn, Comparison, ComparisonItem } from 'imitation-lab/schema';
import { SearchIndex } from './search-index.ts';
import type { Pair } from './style-of-pair.ts';

/** Kinds of highlights in an answer; each is a switch of its own. */
export const HIGHLIGHTS = [
  'correct',
  'ambiguous',
  'incorrect',
  'shared',
  'diff',
  'structure',
  'search',
] as const;
export type Highlight = (typeof HIGHLIGHTS)[number];

/** Presentation of answers: rendered Markdown, or the raw text. */
export type Reading = 'markdown' | 'text';

/** Everything a view draws; a new object after every change. */
export interface ComparisonState {
  readonly comparison: Comparison;
  readonly query: string;
  /** Only items of this category; `null` for all. */
  readonly category: string | null;
  /** Positions, in `comparison.items`, of the items that pass query and category. */
  readonly selection: readonly number[];
  /** Position of the shown item in `comparison.items`; -1 while the selection is empty. */
  readonly current: number;
  /** Answers that unigram overlap, diff and style compare; `null` if there is only one column. */
  readonly pair: Pair | null;
  readonly highlights: ReadonlySet<Highlight>;
  readonly reading: Reading;
}

/** A comparison and the state of its reader, independent of any view. */
export interface IComparisonModel {
  readonly state: ComparisonState;
  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
  /** Takes new data and stays, as far as it allows, at the same prompt with the same settings. */
  update(comparison: Comparison): void;
  search(query: string): void;
  filter(category: string | null): void;
  /** Shows the item at `index` of `comparison.items`. */
  goTo(index: number): void;
  /** Moves by `count` items within the selection; stops at its ends. */
  step(count: number): void;
  /** Compares the teacher with this answer. */
  compareWith(model: string): void;
  toggle(highlight: Highlight): void;
  read(reading: Reading): void;
  /** Prepares searching until `timeIsUp`; true once nothing is left to prepare. */
  warm(timeIsUp: () => boolean): boolean;
}

export class ComparisonModel implements IComparisonModel {
  #state: ComparisonState;
  #index: SearchIndex;
  readonly #listeners = new Set<() => void>();

  constructor(comparison: Comparison) {
    this.#index = new SearchIndex(comparison.items);
    this.#state = {
      comparison,
      query: '',
      category: null,
      selection: comparison.items.map((_, index) => index),
      current: comparison.items.length > 0 ? 0 : -1,
      pair: pairOf(comparison.answers, null),
      highlights: initialHighlights(comparison),
      reading: 'markdown',
    };
  }

  get state(): ComparisonState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  update(comparison: Comparison): void {
    if (comparison === this.#state.comparison) return;
    this.#index = new SearchIndex(comparison.items);
    const { current, pair, category } = this.#state;
    const shown = this.#state.comparison.items[current]?.promptId;
    const kept = comparison.items.findIndex(item => item.promptId === shown);
    this.#select({
      comparison,
      category: category !== null && categories(comparison.items).has(category) ? category : null,
      pair: pairOf(comparison.answers, pair?.model ?? null),
      current: kept,
    });
  }

  search(query: string): void {
    if (query !== this.#state.query) this.#select({ query });
  }

  filter(category: string | null): void {
    if (category !== this.#state.category) this.#select({ category });
  }

  goTo(index: number): void {
    if (this.#state.comparison.items[index]) this.#set({ current: index });
  }

  step(count: number): void {
    const { selection, current } = this.#state;
    const at = selection.indexOf(current);
    const next = selection[Math.min(Math.max(at + count, 0), selection.length - 1)];
    if (next !== undefined) this.#set({ current: next });
  }

  compareWith(model: string): void {
    this.#set({ pair: pairOf(this.#state.comparison.answers, model) });
  }

  toggle(highlight: Highlight): void {
    const highlights = new Set(this.#state.highlights);
    if (!highlights.delete(highlight)) highlights.add(highlight);
    this.#set({ highlights });
  }

  read(reading: Reading): void {
    this.#set({ reading });
  }

  warm(timeIsUp: () => boolean): boolean {
    return this.#index.warm(timeIsUp);
  }

  /** Applies a change that may alter what is selected, and keeps the shown item inside the selection. */
  #select(change: Partial<ComparisonState>): void {
    const next = { ...this.#state, ...change };
    const selection = this.#index.find(next);
    const current = selection.includes(next.current) ? next.current : (selection[0] ?? -1);
    this.#set({ ...change, selection, current });
  }

  #set(change: Partial<ComparisonState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** Selects truth where sentences are labelled; where none is, the structure, so that something is seen at once. */
function initialHighlights({ items }: Comparison): Set<Highlight> {
  const labelled = items.some(({ labels = [] }) => labels.length > 0);
  return new Set([
    'correct',
    'ambiguous',
    'incorrect',
    'search',
    ...(labelled ? [] : ['structure' as const]),
  ]);
}

/** Counts the items of each category, in order of first appearance; items without one are left out. */
export function categories(items: readonly ComparisonItem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { category } of items) {
    if (category !== undefined) counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return counts;
}

/** Pairs the teacher (else the first column) and `model`, or, where that is no other column, the first imitation. */
function pairOf(answers: readonly AnswerColumn[], model: string | null): Pair | null {
  const teacher = answers.find(answer => answer.role === 'teacher') ?? answers[0];
  const others = answers.filter(answer => answer !== teacher);
  const chosen =
    others.find(answer => answer.id === model) ??
    others.find(answer => answer.role === 'imitation') ??
    others[0];
  return teacher && chosen ? { teacher: teacher.id, model: chosen.id } : null;
}
