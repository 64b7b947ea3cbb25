import type { Estimate } from '../schema.ts';

/** A value with its interval. */
type Bounded = Pick<Estimate, 'value' | 'low' | 'high'>;

/** Converts a value and its interval to another unit, such as shares to percent. */
export function scaled({ value, low, high }: Bounded, factor: number): Bounded {
  const inUnit = (part: number | null) => (part === null ? null : part * factor);
  return { value: inUnit(value), low: inUnit(low), high: inUnit(high) };
}

/** Formats a value to three significant digits at most: `0.547`, `43.9`, `100`. */
export function digits(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−');
}

/** Formats a value with its interval, as far as it is known: `43.9 [40.1, 47.6]`. */
export function withInterval({
  value,
  low,
  high,
}: {
  value: number;
  low: number | null;
  high: number | null;
}) {
  return low === null || high === null ? digits(value) : `${digits(value)} [${digits(low)}, ${digits(high)}]`;
}

/** Space beyond the outermost values of an axis, as a share of their span. */
const PADDING = 0.06;
/** Least span of an axis: smaller differences are no larger than noise. */
const LEAST_SPAN = 5;

/**
 * Computes the ends of an axis that shows all values with their intervals; it begins at 0 unless they all lie far above.
 */
export function fittedRange(points: readonly Bounded[]): [number, number] {
  const values = points.flatMap(({ value, low, high }) => [value, low, high].filter(part => part !== null));
  const most = Math.max(...values, Number.NEGATIVE_INFINITY);
  const least = Math.min(...values, Number.POSITIVE_INFINITY);
  if (values.length === 0) return [0, 1];
  const start = least > 0 && least < most / 2 ? 0 : least;
  const span = Math.max(most - start, most > 1 ? LEAST_SPAN : 0) || 1;
  return [start - PADDING * span, Math.max(most, start + span) + PADDING * span];
}

/** Makes a colour transparent. @param colour six hexadecimal digits after `#`. */
export function translucent(colour: string, opacity: number): string {
  const [red, green, blue] = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}

/**
 * Draws error bars of intervals, one for each point. They are hidden where no point has an interval.
 *
 * @param look colour, thickness and width of the ends.
 */
export function errorBars(
  points: readonly { value: number; low: number | null; high: number | null }[],
  look: { color: string; thickness: number; width: number },
) {
  return {
    type: 'data',
    visible: points.some(({ low }) => low !== null),
    symmetric: false,
    array: points.map(({ value, high }) => (high ?? value) - value),
    arrayminus: points.map(({ value, low }) => value - (low ?? value)),
    ...look,
  };
}

/** Computes the extent of one of several panels in a row, 0 … 1. @param gap between two, as a share of the whole. */
export function placeInRow(index: number, of: number, gap: number): [start: number, end: number] {
  const width = (1 - gap * (of - 1)) / of;
  const start = index * (width + gap);
  return [start, start + width];
}

/** Writes a text just above a point of the figure: the title of a panel. @param xanchor part of the text at x. */
export function textAbove(text: string, x: number | undefined, y: number, xanchor: 'left' | 'center') {
  return {
    text,
    xref: 'paper',
    yref: 'paper',
    x,
    y,
    xanchor,
    yanchor: 'bottom',
    yshift: 4,
    showarrow: false,
  };
}

/** Numbers axes as Plotly does, from the second on: `x`, `x2`. */
export function axisNumber(index: number): string {
  return index === 0 ? '' : String(index + 1);
}

/** Formats a budget, such as `120 k tokens`; null is all data. */
export function tokensText(budget: number | null): string {
  return budget === null ? 'all data' : `${amount(budget)} tokens`;
}

/** Formats a size, such as `23 k parameters`. */
export function parametersText(size: number): string {
  return `${amount(size)} parameters`;
}

/** Formats a count with its unit, to three digits at most: `1.5 k`, `148 k`. */
function amount(value: number): string {
  const [unit, name] = UNITS.find(([unit]) => value >= unit) ?? [1, ''];
  return `${Number((value / unit).toPrecision(3))}${name}`;
}

const UNITS: readonly [unit: number, name: string][] = [
  [1e9, '\u00a0B'],
  [1e6, '\u00a0M'],
  [1e3, '\u00a0k'],
];
