import type { TrainingRow, TrainingSample } from '../schema.ts';
import { countsText, sentences } from './caption.ts';
import { frame } from './frame.ts';
import { seriesLooks } from './palette.ts';
import { samplePoints } from './sample-points.ts';
import { type FigureView, figureView } from './views.ts';

/** Most points of a line: more cannot be distinguished, and slow down a notebook. */
const POINTS = 2000;

/** Options of {@link lossFigure}. */
export interface LossFigureOptions {
  /** Default `Loss in training`. */
  title?: string;
  /** Steps of the whole run, which fix the x axis while it is in progress. */
  steps?: number;
  /** Rows of `samples.jsonl`, drawn as points over which the answers appear; default none. */
  samples?: readonly TrainingSample[];
}

/**
 * Draws the training loss of a run by its steps, where it was evaluated the eval loss, and where prompts were answered
 * the answers.
 *
 * @param rows of `metrics.jsonl`, from the first step on.
 * @returns a figure that carries all rows, and draws at most 2,000 of them, the last one among them.
 * @example
 * for await (const { rows, samples } of watchRun('runs/first')) lossFigure(rows, { samples })
 */
export function lossFigure(
  rows: readonly TrainingRow[],
  { title = 'Loss in training', steps, samples = [] }: LossFigureOptions = {},
): FigureView {
  const look = seriesLooks(['train loss', 'eval loss']);
  const every = Math.ceil(rows.length / POINTS);
  const drawn = rows.filter((_, i) => (rows.length - 1 - i) % every === 0);
  const evaluated = rows.filter(row => row.evalLoss !== undefined);
  const line = {
    type: 'scatter',
    mode: 'lines',
    name: 'training',
    x: drawn.map(({ step }) => step),
    y: drawn.map(({ loss }) => loss),
    line: { color: look('train loss').colour, width: 1 },
    hovertemplate: 'step %{x}: %{y:.3r}<extra>training</extra>',
  };
  const points = {
    type: 'scatter',
    mode: 'lines+markers',
    name: 'eval',
    x: evaluated.map(({ step }) => step),
    y: evaluated.map(({ evalLoss }) => evalLoss),
    customdata: evaluated.map(({ evalTokens }) => evalTokens),
    line: { color: look('eval loss').colour, width: 2 },
    hovertemplate: 'step %{x}: %{y:.3r}, n = %{customdata} tokens<extra>eval</extra>',
  };
  const data = [
    line,
    ...(evaluated.length > 0 ? [points] : []),
    ...(samples.length > 0 ? [samplePoints(rows, samples, look('train loss').colour)] : []),
  ];
  return figureView(
    'loss-curve',
    rows.map(row => ({ ...row })),
    {
      data,
      layout: {
        ...frame({
          name: 'loss-curve',
          title,
          caption: captionOf(rows, drawn.length),
          plot: 240,
          left: 56,
          bottom: 48,
          legend: data.length > 1 ? data.map(({ name }) => String(name)) : [],
        }),
        xaxis: {
          title: { text: 'step' },
          ...(steps === undefined ? { rangemode: 'tozero' } : { range: [0, steps] }),
        },
        yaxis: { title: { text: 'loss, nats per token' } },
      },
    },
  );
}

/** States the tokens behind the losses of a run, and the steps that are not drawn. */
function captionOf(rows: readonly TrainingRow[], drawn: number): string {
  const steps = rows.map(({ lossTokens }) => ({ n: lossTokens, seeds: null }));
  const evaluations = rows.flatMap(({ evalTokens }) =>
    evalTokens === undefined ? [] : [{ n: evalTokens, seeds: null }],
  );
  const counts = countsText(steps, 'supervised tokens a step');
  const evaluated = countsText(evaluations, 'in each evaluation');
  return sentences(
    counts && `One run: ${counts}${evaluated && `; ${evaluated}`}`,
    drawn < rows.length ? `Drawn: ${drawn} of ${rows.length} steps` : '',
  );
}
