import { seriesLooks } from './palette.ts';
import { type Panel, panelAxes, panelHeading, panelRows, panelTraces } from './panel.ts';
import { placeInRow } from './plot-parts.ts';
import { type FigureView, figureView } from './views.ts';

/** Space between panels, as a share of the figure's width and height. */
const GAP = { x: 0.07, y: 0.2 };
const PANEL_HEIGHT = 270;
/** Height of title and legend, in pixels. */
const AROUND = 170;
/** Height of a note below the title, in pixels. */
const NOTE = 20;

/**
 * Draws several panels as one figure, row by row.
 *
 * @param name name of the figure's files.
 * @param grid rows of panels; rows may differ in length.
 * @param note text below the title, on all panels.
 */
export function panelsFigure(
  name: string,
  title: string,
  grid: readonly (readonly Panel[])[],
  note?: string,
): FigureView {
  const placed = grid.flatMap((row, y) =>
    row.map((panel, x) => ({
      panel,
      domain: { x: placeInRow(x, row.length, GAP.x), y: fromTop(y, grid.length) },
    })),
  );
  const names = placed
    .flatMap(({ panel }) => [...(panel.levels ?? []), ...panel.series])
    .map(({ name }) => name);
  const look = seriesLooks(names);
  const drawn = placed.flatMap(({ panel }, index) => panelTraces(panel, index, look));
  const data = drawn.map((trace, index) => ({
    ...trace,
    legendgroup: trace.name,
    showlegend: drawn.findIndex(({ name }) => name === trace.name) === index,
  }));
  const noteHeight = note === undefined ? 0 : NOTE;
  const axes = placed.map(({ panel, domain }, index) => panelAxes(panel, domain, index));
  return figureView(
    name,
    placed.flatMap(({ panel }) => panelRows(panel)),
    {
      data,
      layout: {
        title: {
          text: title,
          x: 0,
          xref: 'paper',
          ...(note !== undefined && { subtitle: { text: note } }),
        },
        height: AROUND + noteHeight + PANEL_HEIGHT * grid.length,
        margin: { l: 60, r: 20, t: 90 + noteHeight, b: 90 },
        ...Object.assign({}, ...axes),
        annotations: placed.map(({ panel, domain }) => panelHeading(panel, domain)),
        legend: { orientation: 'h', x: 0, y: -0.24 / grid.length, yanchor: 'top' },
        meta: { figure: name },
      },
    },
  );
}

/** Computes the extent of a row of panels: Plotly counts from the bottom. */
function fromTop(index: number, of: number): [number, number] {
  const [start, end] = placeInRow(index, of, of > 1 ? GAP.y : 0);
  return [1 - end, 1 - start];
}
