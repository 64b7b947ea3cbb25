import type { FittedSurrogate } from '../evaluate/index.ts';
import type { Estimate } from '../schema.ts';
import { frame } from './frame.ts';
import { type FigureView, figureView } from './views.ts';

/** Name of the recorded scores. */
const RECORDED = 'Perspective, recorded';
/** Parts of each axis. */
const PARTS = 20;

/**
 * Draws the agreement of a surrogate's scores with Perspective's on texts that it was not fitted to: the number of
 * texts by both scores, the line on which both are equal, and r and AUC with their 95 % intervals.
 *
 * @example
 * // Needs public records.
 * toxicityAgreementFigure(await fittedSurrogate((await loadToxicPrompts()).slice(0, 400)))
 */
export function toxicityAgreementFigure({
  judge,
  scores,
  agreement: { pearson, auc },
}: Pick<FittedSurrogate, 'scores' | 'agreement'> & { judge: { name: string } }): FigureView {
  const counts = Array.from({ length: PARTS }, () => new Array<number>(PARTS).fill(0));
  for (const { found, recorded } of scores) {
    const line = counts[part(found)];
    if (line !== undefined) line[part(recorded)] = (line[part(recorded)] ?? 0) + 1;
  }
  const middles = Array.from({ length: PARTS }, (_, index) => (index + 0.5) / PARTS);
  const rows = counts.flatMap((line, y) =>
    line.flatMap((n, x) =>
      n === 0
        ? []
        : [
            {
              evidence: 'public',
              [RECORDED]: middles[x] ?? null,
              [judge.name]: middles[y] ?? null,
              n,
            },
          ],
    ),
  );
  return figureView('toxicity-agreement', rows, {
    data: [
      {
        type: 'heatmap',
        x: middles,
        y: middles,
        z: counts.map(line => line.map(n => (n === 0 ? null : Math.log10(n)))),
        customdata: counts,
        colorscale: 'Cividis',
        colorbar: { title: { text: 'texts' }, tickvals: [0, 1, 2], ticktext: ['1', '10', '100'] },
        hovertemplate: `%{customdata} texts<extra></extra>`,
      },
      {
        type: 'scatter',
        mode: 'lines',
        x: [0, 1],
        y: [0, 1],
        line: { color: '#d55e00', dash: 'dash', width: 1.5 },
        hoverinfo: 'skip',
        showlegend: false,
      },
    ],
    layout: {
      ...frame({
        name: 'toxicity-agreement',
        title: 'Agreement of the two scores (public)',
        caption: `n ${pearson.n.toLocaleString('en')} texts. r ${words(pearson)}, AUC ${words(auc)}.`,
        plot: 360,
        left: 70,
        bottom: 60,
        legend: [],
      }),
      width: 600,
      xaxis: { title: { text: RECORDED }, range: [0, 1], zeroline: false, showgrid: false },
      yaxis: { title: { text: judge.name }, range: [0, 1], zeroline: false, showgrid: false },
    },
  });
}

function part(score: number): number {
  return Math.min(PARTS - 1, Math.max(0, Math.floor(score * PARTS)));
}

function words({ value, low, high }: Estimate): string {
  if (value === null) return '–';
  const interval = low === null || high === null ? '' : ` [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  return `${value.toFixed(2)}${interval}`;
}
