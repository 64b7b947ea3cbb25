import { wrapped } from './caption.ts';

/** Heights in pixels of what surrounds the panels of a figure. */
const TITLE = 54;
const CAPTION_LINE = 18;
const HEADINGS = 30;
const LEGEND_LINE = 24;
/** Width of a legend's line, in pixels, in a narrow cell; and of its entries' symbols and letters. */
const LEGEND_WIDTH = 800;
const SYMBOL = 52;
const LETTER = 7;

/** Parts of a figure around its panels. */
export interface FrameOptions {
  /** Name of the figure's files. */
  name: string;
  title: string;
  /** States n, seeds and what the bars are; it is wrapped below the title. */
  caption: string;
  /** Height of the panels, in pixels, with the space between them. */
  plot: number;
  /** Width of the labels on the left, in pixels. */
  left: number;
  /** Height of the labels and the title of the lowest axis, in pixels. */
  bottom: number;
  /** True if panels have headings above them. */
  headings?: boolean;
  /** Entries of the legend, each once; none without a legend. */
  legend: readonly string[];
}

/**
 * Lays out title, caption, legend and margins of a figure, so that none of them overlaps another or a panel: the title
 * and the caption from the top, the legend from the bottom.
 */
export function frame({ name, title, caption, plot, left, bottom, headings, legend }: FrameOptions) {
  const lines = wrapped(caption);
  const t = TITLE + CAPTION_LINE * lines.length + (headings ? HEADINGS : 0);
  const b = bottom + LEGEND_LINE * legendLines(legend);
  return {
    title: {
      text: title,
      x: 0,
      xref: 'container',
      y: 1,
      yref: 'container',
      yanchor: 'top',
      pad: { t: 14, l: 12 },
      font: { size: 16 },
      subtitle: { text: lines.join('<br>'), font: { size: 12 } },
    },
    height: t + plot + b,
    margin: { l: left, r: 20, t, b },
    showlegend: legend.length > 0,
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 0, yanchor: 'bottom', yref: 'container' },
    meta: { figure: name },
  };
}

/** Estimates the lines that a legend takes in a narrow cell. */
function legendLines(entries: readonly string[]): number {
  const widest = entries.reduce((most, { length }) => Math.max(most, length), 0);
  // Plotly gives the entries of several lines equal widths.
  const perLine = Math.max(1, Math.floor(LEGEND_WIDTH / (SYMBOL + LETTER * widest)));
  return Math.ceil(entries.length / perLine);
}
