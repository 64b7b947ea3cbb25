import type { Estimate, StudyRow } from '../schema.ts';
import type { Figure } from './figure.ts';
import { type Panel, type PanelSeries, panels } from './panels.ts';
import { scaled } from './plot-parts.ts';
import { JUDGES } from './simulated-judges.ts';
import { byBudget, bySize } from './study-panels.ts';

/** What people's votes say of a study's model: the share of its answers that are equal to the teacher's or better. */
export interface HumanVotes extends Estimate {
  size: number;
  budget: number;
}

/** What a judge's published ratings say of a model: its score in percent of the teacher's. */
export interface PublishedRating extends Estimate {
  /** Who is rated, such as the data it was trained on. */
  series: string;
  /** Parameters. */
  size: number;
}

/** What stands in Figure 3 beside a study's simulated judges. */
export interface Figure3Ratings {
  /** Absent where no human has rated: the panels then show the simulated judges alone, named so. */
  votes?: readonly HumanVotes[];
  published?: readonly PublishedRating[];
}

/**
 * Figure 3: what raters and judges prefer, by imitation data (left) and by size (right), and published ratings by
 * size.
 *
 * @param rows of a study.
 * @see Gudibande et al. 2023, Figure 3
 */
export function fig3(rows: readonly StudyRow[], { votes = [], published = [] }: Figure3Ratings = {}): Figure {
  const left = byBudget(rows, JUDGES, 'By imitation data');
  const right = bySize(rows, JUDGES, 'By base model');
  const live = [withVotes(left, votes, 'budget'), withVotes(right, votes, 'size')];
  return panels('fig3', 'Figure 3: what raters and judges prefer', [
    published.length === 0 ? live : [...live, ratingsBySize(published)],
  ]);
}

function withVotes(panel: Panel, votes: readonly HumanVotes[], by: 'budget' | 'size'): Panel {
  if (votes.length === 0) return panel;
  const points = votes.flatMap(vote => {
    const { value, low, high } = scaled(vote, 100);
    return value === null ? [] : [{ value, low, high, x: vote[by], n: vote.n, seeds: null }];
  });
  const human: PanelSeries = { name: 'Raters’ majority', evidence: 'live', points };
  return { ...panel, series: [...panel.series, human] };
}

/** Published ratings alone, by size: the public counterpart of Figure 3. */
export function publishedRatings(ratings: readonly PublishedRating[]): Figure {
  return panels('published-ratings', 'What GPT-4 prefers, by size', [[ratingsBySize(ratings)]]);
}

/** Published ratings as a panel: one line a series. */
function ratingsBySize(ratings: readonly PublishedRating[]): Panel {
  const names = [...new Set(ratings.map(({ series }) => series))];
  return {
    title: 'Published ratings by GPT-4',
    x: 'parameters of the base model',
    y: 'score, % of ChatGPT’s',
    series: names.map(name => ({
      name: `${name} (public)`,
      evidence: 'public',
      points: ratings.flatMap(({ series, size, value, low, high, n }) =>
        series !== name || value === null ? [] : [{ x: size, value, low, high, n, seeds: null }],
      ),
    })),
  };
}
