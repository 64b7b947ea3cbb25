import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  dotFigure,
  errorFigure,
  FIGURES,
  type FigureView,
  preferenceFigure,
  publishedPreferenceFigure,
  publishedRatingFigure,
  scoreFigure,
  table2Figure,
} from '../../../src/figure/index.ts';
import { OUTCOME_COLOURS, seriesLooks } from '../../../src/figure/palette.ts';
import { fittedRange } from '../../../src/figure/plot-parts.ts';
import { type StyleControlledRating, table2Rows } from '../../../src/published/index.ts';
import type { StudyRow } from '../../../src/schema.ts';
import { pairStyle, summarizeStyle } from '../../../src/text/index.ts';

/** Width of a figure in pixels, as `npm run reproduce` draws it, and of a letter of a heading and of a caption. */
const WIDTH = 1100;
const HEADING_LETTER = 7.5;
const CAPTION_LETTER = 6.5;
const CAPTION_LINE = 18;
const TITLE = 40;
const HEADING = 24;

/** The parts of a figure that the rules are about. */
interface Drawn {
  name: string;
  data: {
    name?: string;
    text?: unknown;
    showlegend?: boolean;
    fill?: string;
    marker?: { color?: string; symbol?: string };
    line?: { color?: string };
  }[];
  layout: {
    title: { text: string; subtitle: { text: string } };
    height: number;
    margin: { l: number; r: number; t: number; b: number };
    annotations?: { text: string; x: number; y: number; xanchor: string }[];
  };
  rows: FigureView['rows'];
}

const drawn = (figure: FigureView) => figure as unknown as Drawn;

const RATINGS = [7e9, 65e9].map(size => ({
  series: 'guanaco',
  size,
  value: 53.25,
  low: 44.5,
  high: 61.625,
  n: 160,
}));
const CONTROLLED: StyleControlledRating[] = [
  ...RATINGS.map(({ series, size, n, value, low, high }) => ({
    series,
    size,
    n,
    raw: { value, low, high },
    controlled: { value: 39.654, low: 30.1, high: 49.2 },
  })),
  {
    series: 'alpaca',
    size: 7e9,
    n: 157,
    raw: { value: 0, low: 0, high: 4.6 },
    controlled: null,
    reason: 'nearly all lost or won',
  },
];
const ESTIMATE = { value: 1 / 3, low: 0.25, high: 0.75, n: 1234, evidence: 'public' } as const;
const PAIRS = Array.from({ length: 30 }, (_, i) =>
  pairStyle(i % 2 ? '- a\n- b' : 'a b c', i % 3 ? '- a\n- d' : 'x'),
);

/** The recorded study. */
const ROWS: StudyRow[] = (
  await readFile(new URL('../../../data/runs/mini/rows.jsonl', import.meta.url), 'utf8')
)
  .trim()
  .split('\n')
  .map(line => JSON.parse(line));
const ofThePaper = (await Promise.all(FIGURES.map(async ({ draw }) => draw?.(ROWS) ?? []))).flat();
const figures: Drawn[] = [
  ...ofThePaper.flatMap(view => ('layout' in view ? [view] : [])),
  publishedPreferenceFigure(RATINGS, CONTROLLED),
  publishedRatingFigure(RATINGS, CONTROLLED),
  dotFigure('dots', 'Dots', [{ ...ESTIMATE, panel: 'p', label: 'l', series: 's' }]),
  preferenceFigure('bars', 'Bars', [
    { judge: 'j', model: 'm', wins: 1 / 3, ties: 1 / 3, losses: 1 / 3, n: 30, seeds: 3, evidence: 'live' },
  ]),
  errorFigure([{ ...ESTIMATE, answer: 'a', kind: 'k', wrong: 1, ambiguous: 0, answers: 1 }], {
    by: 'kind',
    title: 'Errors',
  }),
  scoreFigure([{ model: 'm', benchmark: 'b', metrics: [{ metric: 'accuracy', ...ESTIMATE }] }]),
  table2Figure(
    table2Rows(
      { records: 'R', evidence: 'public', teacher: 't', model: 'LLaMA' },
      summarizeStyle(PAIRS, { resamples: 100 }),
    ),
  ),
].map(figure => drawn(figure as FigureView));

const captionOf = ({ layout }: Drawn) => layout.title.subtitle.text;

/** Counts the significant digits of a number as it is printed; zeros at the end of an integer are none. */
function significant(printed: string): number {
  const plain = printed.replaceAll(',', '');
  const counted = plain.includes('.') ? plain : plain.replace(/0+$/, '');
  return counted.replace('.', '').replace(/^0+/, '').length;
}

describe.each(figures.map(figure => [figure.name, figure] as const))('%s', (_, figure) => {
  test('states n in its caption, and seeds where there are any', () => {
    const caption = captionOf(figure).replaceAll('<br>', ' ');
    expect(caption).toMatch(/\bn \d/);
    const seeds = figure.rows.some(({ seeds }) => typeof seeds === 'number');
    expect(/\bseeds?\b/.test(caption)).toBe(seeds);
  });

  test('prints at most three significant digits on hover', () => {
    const texts = figure.data.flatMap(({ text }) => (Array.isArray(text) ? text.map(String) : []));
    const numbers = texts.flatMap(text => text.replace(/\bn [\d,]+/g, '').match(/\d[\d,]*(?:\.\d+)?/g) ?? []);
    expect(numbers.filter(number => significant(number) > 3)).toEqual([]);
  });

  test('has room for its title, caption and headings, which do not overlap', () => {
    const { margin, title, annotations = [], height } = figure.layout;
    const lines = captionOf(figure).split('<br>');
    const headings = annotations.length > 0 ? HEADING : 0;
    expect(margin.t).toBeGreaterThanOrEqual(TITLE + CAPTION_LINE * lines.length + headings);
    expect(height).toBeGreaterThan(margin.t + margin.b);
    for (const line of [title.text, ...lines]) expect(line.length * CAPTION_LETTER).toBeLessThan(WIDTH);
    const plot = WIDTH - margin.l - margin.r;
    for (const row of new Set(annotations.map(({ y }) => y))) {
      const spans = annotations
        .filter(({ y }) => y === row)
        .map(({ text, x, xanchor }) => {
          const width = text.replace(/<[^>]*>/g, '').length * HEADING_LETTER;
          const start = x * plot - (xanchor === 'center' ? width / 2 : 0);
          return [start, start + width] as const;
        })
        .sort(([a], [b]) => a - b);
      for (const [i, [, end]] of spans.entries()) expect(spans[i + 1]?.[0] ?? WIDTH).toBeGreaterThan(end);
    }
  });

  test('distinguishes its series by colour, or else by symbol', () => {
    const looks = new Map<string, string>();
    for (const { name = '', marker, line, fill } of figure.data)
      if (fill === undefined && !looks.has(name))
        looks.set(name, JSON.stringify([marker?.color ?? line?.color, marker?.symbol]));
    expect(new Set(looks.values()).size).toBe(looks.size);
  });
});

test('one name has one colour in all figures', () => {
  const colours = new Map<string, Set<string>>();
  for (const { data } of figures)
    for (const { name = '', marker, line, fill } of data) {
      const colour = marker?.color ?? line?.color;
      if (colour === undefined || fill !== undefined || name === 's' || name === 'm' || name === 'a')
        continue;
      colours.set(name, (colours.get(name) ?? new Set()).add(colour));
    }
  expect(colours.size).toBeGreaterThan(8);
  expect([...colours].filter(([, { size }]) => size > 1)).toEqual([]);
});

test('a name without a meaning of its own has no colour that means something else', () => {
  const known = [
    'Teacher',
    'Base model',
    'Broad imitation',
    'Local imitation',
    'Raters’ majority (human)',
    'Chance',
  ];
  const others = Array.from({ length: 6 }, (_, i) => `model ${i}`);
  const look = seriesLooks([...known, ...others]);
  const colours = [...known, ...others].map(name => look(name).colour);
  expect(new Set([...colours, ...Object.values(OUTCOME_COLOURS)]).size).toBe(15);
});

test('people are a series of their own: none holds rows of people and of other judges', () => {
  for (const { rows } of figures) {
    const kinds = new Map<string, Set<unknown>>();
    for (const { series, evidence } of rows)
      if (typeof series === 'string') kinds.set(series, (kinds.get(series) ?? new Set()).add(evidence));
    for (const [, evidence] of kinds) expect(evidence.has('human') && evidence.size > 1).toBe(false);
  }
});

test('a preference at equal style is never drawn without the raw one beside it, on one scale', () => {
  for (const figure of [
    publishedPreferenceFigure(RATINGS, CONTROLLED),
    publishedRatingFigure(RATINGS, CONTROLLED),
  ]) {
    const at = (panel: string) =>
      figure.rows.filter(row => row.panel === panel).map(row => [row.series, row.x]);
    const raw = at('Preferred, raw');
    expect(at('Preferred, at equal style')).toHaveLength(2);
    expect(raw).toEqual(expect.arrayContaining(at('Preferred, at equal style')));
    const { yaxis2, yaxis3 } = figure.layout as Record<string, { range: number[] }>;
    expect(yaxis2?.range).toEqual(yaxis3?.range);
    expect(captionOf(drawn(figure)).replaceAll('<br>', ' ')).toContain('alpaca, nearly all lost or won');
  }
});

describe('fittedRange()', () => {
  const point = (value: number, low: number | null = null, high: number | null = null) => ({
    value,
    low,
    high,
  });

  test.each([
    ['begins at 0 for values near it', [point(1), point(4)], [-0.3, 5.3]],
    ['does not for values far above', [point(60, 50, 70), point(80)], [48.2, 81.8]],
    ['holds negative values', [point(-0.5), point(0.5)], [-0.56, 0.56]],
    ['of no value', [], [0, 1]],
  ])('%s', (_, points, range) => {
    expect(fittedRange(points)).toEqual(range.map(end => expect.closeTo(end, 9)));
  });
});
