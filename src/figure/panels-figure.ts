import { countsText, intervalText, sentences } from './caption.ts';
import { frame } from './frame.ts';
import { seriesLooks } from './palette.ts';
import { type Panel, panelAxes, panelHeading, panelRows, panelTraces } from './panel.ts';
import { fittedRange, placeInRow } from './plot-parts.ts';
import { type FigureView, figureView } from './views.ts';

/** Space between panels, as a share of the figure's width and height. */
const GAP = { x: 0.07, y: 0.24 };
const PANEL_HEIGHT = 240;

/**
 * Draws several panels as one figure, row by row. The caption states n and seeds of all points, and what the bars are.
 *
 * @param name name of the figure's files.
 * @param grid rows of panels; rows may differ in length.
 * @param note further sentence of the caption.
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
  const panels = placed.map(({ panel }) => panel);
  const names = panels.flatMap(({ levels = [], series }) => [...levels, ...series]).map(({ name }) => name);
  const look = seriesLooks(names);
  const drawn = panels.flatMap((panel, index) => panelTraces(panel, index, look));
  const isEntry = ({ name }: (typeof drawn)[number], index: number) =>
    drawn.findIndex(other => other.name === name && !('fill' in other)) === index;
  const axes = placed.map(({ panel, domain }, index) =>
    panelAxes(
      panel,
      domain,
      index,
      fittedRange(panels.filter(other => sharesScale(panel, other)).flatMap(valuesOf)),
    ),
  );
  return figureView(name, panels.flatMap(panelRows), {
    data: drawn.map((trace, index) => ({
      ...trace,
      legendgroup: trace.name,
      showlegend: isEntry(trace, index),
    })),
    layout: {
      ...frame({
        name,
        title,
        caption: sentences(countsOf(panels), intervalText(panels.flatMap(valuesOf), barsOf(panels)), note),
        plot: PANEL_HEIGHT * grid.length + (grid.length - 1) * 75,
        left: 60,
        bottom: 62,
        headings: true,
        legend: [...new Set(names)],
      }),
      ...Object.assign({}, ...axes),
      annotations: placed.map(({ panel, domain }) => panelHeading(panel, domain)),
    },
  });
}

function sharesScale(panel: Panel, other: Panel): boolean {
  return panel === other || (panel.scale !== undefined && panel.scale === other.scale);
}

/** Lists all points and levels of a panel. */
function valuesOf({ series, levels = [] }: Panel) {
  return [...series.flatMap(({ points }) => points), ...levels];
}

/** Computes the extent of a row of panels: Plotly counts from the bottom. */
function fromTop(index: number, of: number): [number, number] {
  const [start, end] = placeInRow(index, of, of > 1 ? GAP.y : 0);
  return [1 - end, 1 - start];
}

/** States n and seeds: once where they are the same in all panels, else by the panels' titles. */
function countsOf(panels: readonly Panel[]): string {
  const titles = new Map<string, Set<string>>();
  for (const panel of panels) {
    const counts = countsText(valuesOf(panel));
    if (counts !== '') titles.set(counts, (titles.get(counts) ?? new Set()).add(panel.title));
  }
  const [only] = titles.keys();
  if (titles.size <= 1) return only ?? '';
  return [...titles].map(([counts, of]) => `${[...of].join(' and ')}: ${counts}`).join('; ');
}

function barsOf(panels: readonly Panel[]): string {
  return panels.some(({ levels = [] }) => levels.some(({ low }) => low !== null)) ? 'Bars and bands' : 'Bars';
}
