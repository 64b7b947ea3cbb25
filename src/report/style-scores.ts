import { type LogitRow, logistic, logitRows, ridgeLogit, seededRandom } from '../stats/index.ts';
import { STYLE_FEATURES, styleFeatures } from './style-features.ts';

/** Texts of several columns by prompt, in the same order. */
export interface StyledTexts {
  teacher: readonly string[];
  base: readonly string[];
  /** Those to be placed beside them: the student's, and the teacher's second sample. */
  others: readonly (readonly string[])[];
}

/** Probabilities that texts are the teacher's rather than the base's, judged by form alone. */
export interface StyleScores {
  teacher: Float64Array;
  base: Float64Array;
  others: Float64Array[];
}

/** Folds by prompt. */
const FOLDS = 10;
/** Penalty on every weight but the intercept's. */
const RIDGE = 1;
/** Penalty of the intercept: enough to keep the fit finite. */
const INTERCEPT_RIDGE = 1e-6;

/**
 * Scores texts by a classifier of the teacher's against the base's answers that sees form alone: logistic regression on
 * {@link styleFeatures}. Each prompt's texts are scored by a classifier that was trained on the other nine tenths of
 * prompts, without any text that equals a scored one.
 */
export class StyleClassifier {
  readonly #teacher: readonly string[];
  readonly #base: readonly string[];
  readonly #folds: number[][];
  readonly #features = new Map<string, Float64Array>();
  /** Fits by what they were trained on; students mostly share them. */
  readonly #fits = new Map<string, StyleFit>();

  /** @param options seed of the folds. */
  constructor(
    { teacher, base }: Pick<StyledTexts, 'teacher' | 'base'>,
    { seed = 0 }: { seed?: number | string } = {},
  ) {
    this.#teacher = teacher;
    this.#base = base;
    const order = seededRandom(`style folds/${seed}`).shuffle([...teacher.keys()]);
    this.#folds = Array.from({ length: FOLDS }, (_, fold) => order.filter((_, i) => i % FOLDS === fold));
  }

  /** Scores all texts, each by the fold of its prompt. */
  score(others: StyledTexts['others']): StyleScores {
    const columns = [this.#teacher, this.#base, ...others];
    const [teacher = new Float64Array(), base = new Float64Array(), ...rest] = columns.map(
      texts => new Float64Array(texts.length),
    );
    for (const [fold, held] of this.#folds.entries()) {
      const scored = new Set(columns.flatMap(texts => held.map(prompt => texts[prompt] ?? '')));
      const fit = this.#fit(fold, new Set(held), scored);
      for (const [column, scores] of [teacher, base, ...rest].entries())
        for (const prompt of held)
          scores[prompt] = fit.score(this.#featuresOf(columns[column]?.[prompt] ?? ''));
    }
    return { teacher, base, others: rest };
  }

  #fit(fold: number, held: ReadonlySet<number>, scored: ReadonlySet<string>): StyleFit {
    const left: string[] = [];
    const examples: StyleExample[] = [];
    for (const [outcome, texts] of [this.#base, this.#teacher].entries())
      for (const [prompt, text] of texts.entries()) {
        if (held.has(prompt)) continue;
        if (scored.has(text)) left.push(`${outcome}/${prompt}`);
        else examples.push({ features: this.#featuresOf(text), outcome });
      }
    const key = JSON.stringify([fold, left]);
    const fit = this.#fits.get(key) ?? fitStyle(examples);
    this.#fits.set(key, fit);
    return fit;
  }

  #featuresOf(text: string): Float64Array {
    const known = this.#features.get(text) ?? styleFeatures(text);
    this.#features.set(text, known);
    return known;
  }
}

interface StyleExample {
  features: Float64Array;
  /** 1 of the teacher's, 0 of the base's. */
  outcome: number;
}

interface StyleFit {
  score(features: Float64Array): number;
}

/** Fits the classifier; the intercept is the last weight. */
function fitStyle(examples: readonly StyleExample[]): StyleFit {
  const size = STYLE_FEATURES.length;
  const rows = examples.map(({ features, outcome }): LogitRow => {
    const columns = [...features.keys()].filter(column => features[column] !== 0);
    return {
      columns: [...columns, size],
      values: [...columns.map(column => features[column] ?? 0), 1],
      outcome,
    };
  });
  const ridge = [...Array<number>(size).fill(RIDGE), INTERCEPT_RIDGE];
  const weights = ridgeLogit(logitRows(rows), ridge);
  return {
    score: features =>
      logistic(
        features.reduce((sum, value, column) => sum + value * (weights[column] ?? 0), weights[size] ?? 0),
      ),
  };
}
