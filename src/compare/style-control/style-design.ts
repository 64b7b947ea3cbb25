import type { LogitRow } from '../../stats/index.ts';
import { type StyleCounts, styleCounts } from '../../text/index.ts';
import type { Battle } from './battle.ts';

/** The features of style that are controlled for. */
const STYLE_FEATURES = ['words', 'lists', 'headers', 'bold'] as const satisfies (keyof StyleCounts)[];
export type StyleFeature = (typeof STYLE_FEATURES)[number];

/** A battle with the relative difference in style of its two answers. */
export interface StyledBattle extends Battle {
  /** (first − second) / (first + second) of each feature, −1 … 1; 0 where neither answer has any. */
  differences: Record<StyleFeature, number>;
}

/** The features of battles as the columns of a regression on their outcomes. */
export interface Design {
  rows: LogitRow[];
  size: number;
  /** Column of each model's strength; the reference, whose strength is 0, has none. */
  models: ReadonlyMap<string, number>;
  /** Column of what being first adds; undefined where the order cannot be distinguished from the models. */
  position: number | undefined;
  /** Column of each feature of style, per standard deviation; none of a feature that does not vary. */
  style: ReadonlyMap<StyleFeature, number>;
}

/** Measures the style of the answers of battles. */
export function withStyle(battles: readonly Battle[]): StyledBattle[] {
  const counts = new Map<string, StyleCounts>();
  const countsOf = (text: string) => {
    const found = counts.get(text) ?? styleCounts(text);
    counts.set(text, found);
    return found;
  };
  return battles.map(battle => {
    const [first, second] = [countsOf(battle.first.text), countsOf(battle.second.text)];
    const difference = (feature: StyleFeature) => relativeDifference(first[feature], second[feature]);
    return {
      ...battle,
      differences: {
        words: difference('words'),
        lists: difference('lists'),
        headers: difference('headers'),
        bold: difference('bold'),
      },
    };
  });
}

/**
 * Lays out the regression of battles: which model is first and which second, the position, and, where asked for, the
 * standardised differences in style, without centring.
 */
export function designOf(
  battles: readonly StyledBattle[],
  { reference, style: withFeatures }: { reference: string; style: boolean },
): Design {
  let size = 0;
  const models = new Map<string, number>();
  for (const { first, second } of battles)
    for (const { model } of [first, second])
      if (model !== reference && !models.has(model)) models.set(model, size++);
  const position = hasOneOrder(battles, reference) ? undefined : size++;
  const style = new Map<StyleFeature, number>();
  const spreads = new Map<StyleFeature, number>();
  for (const feature of withFeatures ? STYLE_FEATURES : []) {
    const spread = populationDeviation(battles.map(({ differences }) => differences[feature]));
    if (spread < 1e-9) continue;
    style.set(feature, size++);
    spreads.set(feature, spread);
  }
  const rows = battles.map(({ first, second, differences, outcome }): LogitRow => {
    const columns: number[] = [];
    const values: number[] = [];
    const add = (column: number | undefined, value: number) => {
      if (column === undefined || value === 0) return;
      columns.push(column);
      values.push(value);
    };
    if (first.model !== second.model) {
      add(models.get(first.model), 1);
      add(models.get(second.model), -1);
    }
    add(position, 1);
    for (const [feature, column] of style) add(column, differences[feature] / (spreads.get(feature) ?? 1));
    return { columns, values, outcome };
  });
  return { rows, size, models, position, style };
}

function relativeDifference(first: number, second: number): number {
  return first + second === 0 ? 0 : (first - second) / (first + second);
}

function populationDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/**
 * Reports whether strengths of the models alone can say who was first in every battle: then nothing distinguishes the
 * advantage of the first place from them. It is so where each pair was shown in one order.
 */
function hasOneOrder(battles: readonly Battle[], reference: string): boolean {
  const neighbours = new Map<string, { model: string; step: number }[]>();
  const join = (from: string, model: string, step: number) =>
    neighbours.set(from, [...(neighbours.get(from) ?? []), { model, step }]);
  const seen = new Set<string>();
  for (const { first, second } of battles) {
    const key = JSON.stringify([first.model, second.model]);
    if (seen.has(key)) continue;
    seen.add(key);
    join(first.model, second.model, -1);
    join(second.model, first.model, 1);
  }
  const levels = new Map<string, number>();
  for (const start of [reference, ...neighbours.keys()]) {
    if (levels.has(start)) continue;
    levels.set(start, 0);
    const waiting = [start];
    for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
      for (const { model, step } of neighbours.get(from) ?? []) {
        const level = (levels.get(from) ?? 0) + step;
        const known = levels.get(model);
        if (known !== undefined && known !== level) return false;
        if (known !== undefined) continue;
        levels.set(model, level);
        waiting.push(model);
      }
    }
  }
  return true;
}
