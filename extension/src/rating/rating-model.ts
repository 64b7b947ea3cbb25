import { type ActiveAnnotation, activeAnnotations } from 'imitation-lab/readers';
import type { Comparison, Rating, RatingTask } from 'imitation-lab/schema';
import { latestRatings, pairKey } from 'imitation-lab/stats';
import type { AnnotationLog } from './annotation-log.ts';
import { type AnswerPair, answerPairs, drawnFor, pairsHash } from './answer-pairs.ts';

/** As in the paper: "We collect 3 unique ratings for every example". */
const RATERS = 3;

/** Choice of a rater. */
export type RatingChoice = Rating['choice'];

/** Step of an annotator's work. */
export type RatingStep =
  /** The annotator's name is asked. */
  | { kind: 'naming' }
  /** A pair waits for a vote. */
  | { kind: 'rating'; pair: AnswerPair }
  /** A vote was given and is final; whose answers they were is shown. */
  | { kind: 'named'; pair: AnswerPair; choice: RatingChoice }
  /** Nothing is left to rate; names are hidden still. */
  | { kind: 'done' }
  /** Names and results are shown; nothing can be rated any more. */
  | { kind: 'revealed' };

/** Everything the panel draws; a new object after every change. */
export interface RatingState {
  readonly comparison: Comparison;
  readonly task: Required<Omit<RatingTask, 'instructions'>>;
  readonly annotator: string | null;
  readonly step: RatingStep;
  /** Pairs that the annotator has rated. */
  readonly rated: number;
  /** Those, and what is left for the annotator. */
  readonly total: number;
  readonly canUndo: boolean;
  /** Every annotator's votes on these texts. */
  readonly ratings: readonly Rating[];
}

/** Clock and names of new annotations. */
export interface RatingOptions {
  now?: () => Date;
  newId?: () => string;
}

type RatingLine = Extract<ActiveAnnotation, { kind: 'rating' }>;

/** The rating of one comparison by one annotator, independent of any view. The log alone holds the votes. */
export class RatingModel {
  readonly log: AnnotationLog;
  readonly #now: () => Date;
  readonly #newId: () => string;
  readonly #listeners = new Set<() => void>();
  #comparison: Comparison;
  #annotator: string | null;
  #pairs: AnswerPair[];
  /** The pair that is read now: it stays, whatever others rate meanwhile. */
  #current: string | null = null;
  /** The pair whose names are shown after its vote. */
  #named: string | null = null;
  #state: RatingState;

  constructor(
    comparison: Comparison,
    log: AnnotationLog,
    annotator: string | null,
    { now = () => new Date(), newId = () => crypto.randomUUID() }: RatingOptions = {},
  ) {
    this.log = log;
    this.#now = now;
    this.#newId = newId;
    this.#comparison = comparison;
    this.#annotator = annotator;
    this.#pairs = answerPairs(comparison);
    this.#state = this.#derive();
    log.subscribe(() => this.#change());
  }

  get state(): RatingState {
    return this.#state;
  }

  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes new data; votes on texts that changed no longer count. */
  update(comparison: Comparison): void {
    this.#comparison = comparison;
    this.#pairs = answerPairs(comparison);
    this.#change();
  }

  /** Sets who rates; `null` asks again. */
  nameAnnotator(annotator: string | null): void {
    this.#annotator = annotator;
    this.#current = null;
    this.#named = null;
    this.#change();
  }

  /** Rates the shown pair; without one nothing happens. */
  vote(choice: RatingChoice): void {
    const { step, annotator, task } = this.#state;
    if (step.kind !== 'rating' || annotator === null) return;
    const { key, promptId, left, right, contentHash } = step.pair;
    this.#current = null;
    if (task.reveal === 'item') this.#named = key;
    this.log.append({
      kind: 'rating',
      id: this.#newId(),
      promptId,
      annotator,
      left: left.id,
      right: right.id,
      choice,
      contentHash,
      at: this.#now().toISOString(),
    });
  }

  /** Continues after names were shown. */
  next(): void {
    this.#named = null;
    this.#change();
  }

  /** Takes back the latest vote and shows its pair again; never once its names were shown. */
  undo(): void {
    if (!this.#state.canUndo) return;
    const last = this.#of(this.#ratings()).at(-1);
    if (!last) return;
    this.#current = keyOf(last);
    this.log.append({ kind: 'undo', id: last.id, at: this.#now().toISOString() });
  }

  /** Shows whose answers they were, once all are rated. */
  reveal(): void {
    const { step, annotator } = this.#state;
    if (step.kind !== 'done' || annotator === null) return;
    this.log.append({
      kind: 'reveal',
      id: this.#newId(),
      annotator,
      contentHash: pairsHash(this.#pairs),
      at: this.#now().toISOString(),
    });
  }

  /** Selects the annotator's own of these votes. */
  #of(ratings: readonly RatingLine[]): RatingLine[] {
    return ratings.filter(({ annotator }) => annotator === this.#annotator);
  }

  /** Selects the votes on the current texts of these pairs, the earliest first. */
  #ratings(): RatingLine[] {
    const hashes = new Map(this.#pairs.map(({ key, contentHash }) => [key, contentHash]));
    return activeAnnotations(this.log.annotations)
      .filter(annotation => annotation.kind === 'rating')
      .filter(rating => hashes.get(keyOf(rating)) === rating.contentHash);
  }

  #change(): void {
    this.#state = this.#derive();
    for (const listener of this.#listeners) listener();
  }

  #derive(): RatingState {
    const { raters = RATERS, reveal = 'end' } = this.#comparison.rating ?? {};
    const annotator = this.#annotator;
    const ratings = this.#ratings();
    const own = new Map(this.#of(ratings).map(rating => [keyOf(rating), rating]));
    const others = new Map<string, number>();
    for (const rating of latestRatings(ratings)) {
      if (rating.annotator === annotator) continue;
      others.set(keyOf(rating), (others.get(keyOf(rating)) ?? 0) + 1);
    }
    const open = drawnFor(annotator ?? '', this.#pairs).filter(
      ({ key }) => !own.has(key) && (key === this.#current || (others.get(key) ?? 0) < raters),
    );
    const step = this.#step(open, own);
    if (step.kind === 'rating') this.#current = step.pair.key;
    return {
      comparison: this.#comparison,
      task: { raters, reveal },
      annotator,
      step,
      ratings,
      rated: own.size,
      total: own.size + open.length,
      canUndo: own.size > 0 && reveal === 'end' && (step.kind === 'rating' || step.kind === 'done'),
    };
  }

  #step(open: readonly AnswerPair[], own: ReadonlyMap<string, RatingLine>): RatingStep {
    if (this.#annotator === null) return { kind: 'naming' };
    const hash = pairsHash(this.#pairs);
    const revealed = activeAnnotations(this.log.annotations).some(
      line => line.kind === 'reveal' && line.annotator === this.#annotator && line.contentHash === hash,
    );
    if (revealed) return { kind: 'revealed' };
    const named = this.#pairs.find(({ key }) => key === this.#named);
    const vote = named && own.get(named.key);
    if (vote) return { kind: 'named', pair: asDisplayed(named, vote), choice: vote.choice };
    const pair = open.find(({ key }) => key === this.#current) ?? open[0];
    return pair ? { kind: 'rating', pair } : { kind: 'done' };
  }
}

function keyOf({ promptId, left, right }: Rating): string {
  return pairKey(promptId, left, right);
}

/** Returns the pair with its sides as they were when it was rated. */
function asDisplayed(pair: AnswerPair, { left }: Rating): AnswerPair {
  return pair.left.id === left ? pair : { ...pair, left: pair.right, right: pair.left };
}
