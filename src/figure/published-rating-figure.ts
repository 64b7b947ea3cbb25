import type { PublishedRating } from '../published/index.ts';
import type { Panel } from './panel.ts';
import { panelsFigure } from './panels-figure.ts';
import type { FigureView } from './views.ts';

/**
 * Draws scores by GPT-4 in percent of ChatGPT's, by size: the public counterpart of Figure 3.
 *
 * @example
 * // Needs public records.
 * publishedRatingFigure(await qloraRatings(['guanaco', 'alpaca']))
 */
export function publishedRatingFigure(ratings: readonly PublishedRating[]): FigureView {
  return bySize('published-ratings', 'Published ratings by GPT-4 (public)', ratings, {
    title: 'Score, by base model',
    y: 'score, % of ChatGPT’s',
  });
}

/**
 * Draws shares equal to ChatGPT or better by GPT-4, by size: the public counterpart of Figure 1, right.
 *
 * @example
 * // Needs public records.
 * publishedPreferenceFigure(await qloraPreferences(['guanaco', 'alpaca']))
 */
export function publishedPreferenceFigure(ratings: readonly PublishedRating[]): FigureView {
  return bySize('published-preference', 'Published preference by GPT-4 (public)', ratings, {
    title: 'Preference, by base model',
    y: 'equal to ChatGPT or better, %',
    range: [-4, 104],
  });
}

/** Draws ratings by size, one line for each series. */
function bySize(
  name: string,
  title: string,
  ratings: readonly PublishedRating[],
  words: Pick<Panel, 'title' | 'y' | 'range'>,
): FigureView {
  const names = [...new Set(ratings.map(({ series }) => series))];
  const panel: Panel = {
    ...words,
    x: 'parameters of the base model',
    series: names.map(name => ({
      name: `${name} (public)`,
      evidence: 'public',
      points: ratings.flatMap(({ series, size, value, low, high, n }) =>
        series !== name || value === null ? [] : [{ x: size, value, low, high, n, seeds: null }],
      ),
    })),
  };
  return panelsFigure(name, title, [[panel]]);
}
