import type { PublishedRating, StyleControlledRating } from '../published/index.ts';
import type { Panel, PanelPoint } from './panel.ts';
import { panelsFigure } from './panels-figure.ts';
import type { FigureView } from './views.ts';

/**
 * Draws scores by GPT-4 in percent of ChatGPT's, by size, and beside them how often the same models are preferred to
 * ChatGPT, raw and at equal style: the public counterpart of Figure 3.
 *
 * @param controlled preferences raw and at equal style.
 * @example
 * // Needs public records.
 * const series = ['guanaco', 'alpaca'];
 * publishedRatingFigure(await qloraRatings(series), await qloraStyleControl(series, { resamples: 20 }))
 */
export function publishedRatingFigure(
  ratings: readonly PublishedRating[],
  controlled: readonly StyleControlledRating[] = [],
): FigureView {
  const panel = { title: 'Score', y: 'score, % of ChatGPT’s' };
  return bySize('published-ratings', 'Published ratings by GPT-4 (public)', [panel, ratings], controlled);
}

/**
 * Draws shares equal to ChatGPT or better by GPT-4, by size, and beside them how often the same models are preferred,
 * raw and at equal style: the public counterpart of Figure 1, right.
 *
 * @param controlled preferences raw and at equal style.
 * @example
 * // Needs public records.
 * const series = ['guanaco', 'alpaca'];
 * publishedPreferenceFigure(await qloraPreferences(series), await qloraStyleControl(series, { resamples: 20 }))
 */
export function publishedPreferenceFigure(
  ratings: readonly PublishedRating[],
  controlled: readonly StyleControlledRating[] = [],
): FigureView {
  const panel = { title: 'Equal or better', y: 'equal to ChatGPT or better, %', scale: 'share' };
  return bySize(
    'published-preference',
    'Published preference by GPT-4 (public)',
    [panel, ratings],
    controlled,
  );
}

const SIZE = 'parameters of the base model';
const EQUAL_STYLE =
  'Equal style: the same regression with the differences in words, list items, headers and bold spans. A tie is half a preference.';

/** Draws ratings by size, one line for each series; the two preferences share an axis, and are never drawn apart. */
function bySize(
  name: string,
  title: string,
  [words, ratings]: [Pick<Panel, 'title' | 'y' | 'scale'>, readonly PublishedRating[]],
  controlled: readonly StyleControlledRating[],
): FigureView {
  const rated: Panel = {
    ...words,
    x: SIZE,
    series: seriesOf(ratings, ({ value, low, high, n, size }) =>
      value === null ? [] : [{ x: size, value, low, high, n, seeds: null }],
    ),
  };
  if (controlled.length === 0) return panelsFigure(name, title, [[rated]]);
  const preferred = (title: string, of: 'raw' | 'controlled'): Panel => ({
    title,
    x: SIZE,
    y: 'preferred to ChatGPT, %',
    scale: 'share',
    series: seriesOf(controlled, ({ size, n, [of]: interval }) => {
      const { value = null, low = null, high = null } = interval ?? {};
      return value === null ? [] : [{ x: size, value, low, high, n, seeds: null }];
    }),
    levels: [
      {
        name: 'Equal to the teacher',
        evidence: 'public',
        fixed: true,
        value: 50,
        low: null,
        high: null,
        n: null,
        seeds: null,
      },
    ],
  });
  const panels = [
    rated,
    preferred('Preferred, raw', 'raw'),
    preferred('Preferred, at equal style', 'controlled'),
  ];
  return panelsFigure(name, title, [panels], `${EQUAL_STYLE} ${leftOut(controlled)}`.trim());
}

function seriesOf<Rating extends { series: string }>(
  ratings: readonly Rating[],
  pointsOf: (rating: Rating) => PanelPoint[],
): Panel['series'] {
  return [...new Set(ratings.map(({ series }) => series))].map(name => ({
    name: `${name} (public)`,
    evidence: 'public',
    points: ratings.filter(({ series }) => series === name).flatMap(pointsOf),
  }));
}

/** States which series have no value at equal style, and why. */
function leftOut(controlled: readonly StyleControlledRating[]): string {
  const reasons = new Map<string, Set<string>>();
  for (const { series, reason } of controlled)
    if (reason !== undefined) reasons.set(series, (reasons.get(series) ?? new Set()).add(reason));
  if (reasons.size === 0) return '';
  const parts = [...reasons].map(([series, why]) => `${series}, ${[...why].join(' or ')}`);
  return `Not determined at equal style in some or all sizes: ${parts.join('; ')}.`;
}
