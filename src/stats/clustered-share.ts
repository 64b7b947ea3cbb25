import type { Estimate } from '../schema.ts';
import { bootstrap } from './bootstrap.ts';
import type { Trials } from './newcombe.ts';
import type { ResampleOptions } from './resample.ts';
import { share, wilson } from './wilson.ts';

/**
 * Computes the share of successes among trials in clusters, such as the true sentences of answers; `n` counts trials. The
 * 95 % interval is a bootstrap of whole clusters, since the trials of one depend on each other. It is Wilson's where
 * every cluster is one trial, and Wilson's of as many trials as there are clusters where all succeed or all fail: there
 * the bootstrap has no width.
 *
 * @param clusters trials of each; one without any is drawn and counts for nothing.
 */
export function clusteredShare(clusters: readonly Trials[], options: ResampleOptions = {}): Estimate {
  const all = totalOf(clusters);
  const estimate = share(all.successes, all.n);
  if (clusters.every(({ n }) => n === 1)) return estimate;
  if (all.successes === 0 || all.successes === all.n) {
    const tried = clusters.filter(({ n }) => n > 0).length;
    return { ...estimate, ...wilson(all.successes === 0 ? 0 : tried, tried) };
  }
  const shareAt = (indices: Int32Array) => {
    const drawn = totalOf(Array.from(indices, index => clusters[index] ?? NO_TRIALS));
    return drawn.n === 0 ? null : drawn.successes / drawn.n;
  };
  return { ...estimate, ...bootstrap(clusters.length, shareAt, options) };
}

const NO_TRIALS: Trials = { successes: 0, n: 0 };

function totalOf(clusters: readonly Trials[]): Trials {
  let [successes, n] = [0, 0];
  for (const cluster of clusters) {
    successes += cluster.successes;
    n += cluster.n;
  }
  return { successes, n };
}
