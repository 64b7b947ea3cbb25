import type { PreferenceRow } from '../published/index.ts';
import { countsText, sentences } from './caption.ts';
import { frame } from './frame.ts';
import { OUTCOME_COLOURS } from './palette.ts';
import { axisNumber, placeInRow, textAbove } from './plot-parts.ts';
import { type FigureView, figureView } from './views.ts';

const GAP = 0.26;
const BAR_HEIGHT = 26;

const OUTCOMES = [
  { key: 'wins', name: 'Better', colour: OUTCOME_COLOURS.better, text: '#000000' },
  { key: 'ties', name: 'Equal', colour: OUTCOME_COLOURS.equal, text: '#000000' },
  { key: 'losses', name: 'Worse', colour: OUTCOME_COLOURS.worse, text: '#ffffff' },
] as const;

/**
 * Draws wins, ties and losses in percent, one bar for each model and one panel for each judge.
 *
 * @param name name of the figure's files.
 * @example
 * const row = { judge: 'GPT-4', model: 'Vicuna', wins: 0.3, ties: 0.3, losses: 0.4, n: 80, seeds: null };
 * preferenceFigure('judge', 'Preferences', [{ ...row, evidence: 'public' }])
 */
export function preferenceFigure(name: string, title: string, rows: readonly PreferenceRow[]): FigureView {
  const judges = [...new Set(rows.map(({ judge }) => judge))];
  const longest = Math.max(0, ...judges.map(judge => rows.filter(row => row.judge === judge).length));
  const domains = judges.map((_, index) => placeInRow(index, judges.length, GAP));
  return figureView(name, [...rows], {
    data: judges.flatMap((judge, index) =>
      OUTCOMES.map(outcome =>
        bars(
          rows.filter(row => row.judge === judge),
          outcome,
          index,
        ),
      ),
    ),
    layout: {
      ...frame({
        name,
        title,
        caption: sentences(countsText(rows, 'pairs a bar'), 'A bar without a number is below 5 %'),
        plot: BAR_HEIGHT * longest,
        left: 150,
        bottom: 50,
        headings: true,
        legend: OUTCOMES.map(outcome => outcome.name),
      }),
      barmode: 'stack',
      bargap: 0.25,
      ...Object.fromEntries(
        domains.flatMap((domain, index) => {
          const number = axisNumber(index);
          const range = [0, 100];
          return [
            [
              `xaxis${number}`,
              {
                domain,
                anchor: `y${number}`,
                range,
                title: { text: '% of pairs', standoff: 6, font: { size: 12 } },
              },
            ],
            // Equal ranges in all panels give bars of one height.
            [`yaxis${number}`, { anchor: `x${number}`, range: [longest - 0.5, -0.5], ticksuffix: ' ' }],
          ];
        }),
      ),
      annotations: judges.map((judge, index) => textAbove(`<b>${judge}</b>`, domains[index]?.[0], 1, 'left')),
    },
  });
}

function bars(
  rows: readonly PreferenceRow[],
  { key, name, colour, text }: (typeof OUTCOMES)[number],
  panel: number,
) {
  const number = axisNumber(panel);
  const shares = rows.map(row => 100 * row[key]);
  return {
    type: 'bar',
    orientation: 'h',
    name,
    legendgroup: name,
    showlegend: panel === 0,
    xaxis: `x${number}`,
    yaxis: `y${number}`,
    x: shares,
    y: rows.map(({ model }) => model),
    marker: { color: colour },
    text: shares.map(share => (share < LEAST_LABELLED ? '' : share.toFixed(0))),
    textposition: 'inside',
    insidetextanchor: 'middle',
    textangle: 0,
    textfont: { color: text },
    hovertemplate: '%{y}: %{x:.3r} %<extra>%{fullData.name}</extra>',
  };
}

/** Below this share a bar is too narrow for its number. */
const LEAST_LABELLED = 5;
