import type { Layout } from 'plotly.js';

/** Defaults for what a figure leaves open: for its layout, and by trace type for its traces. */
export interface FigureTheme {
  layout: Partial<Layout>;
  data: Record<string, Record<string, unknown>[]>;
}

/** Colour-blind-safe colours for traces that choose none: Okabe and Ito 2008, without black and yellow. */
const COLORWAY = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00'];

/**
 * Makes a Plotly template in the colours and type of a JupyterLab theme. As a template it only fills in what the
 * figure leaves open.
 *
 * @param css reads a CSS variable of the theme, such as `--jp-ui-font-color1`.
 */
export function figureTheme(css: (variable: string) => string): FigureTheme {
  const text = css('--jp-ui-font-color1');
  const line = css('--jp-border-color1');
  const axis = {
    gridcolor: css('--jp-border-color2'),
    linecolor: line,
    tickcolor: line,
    zerolinecolor: line,
    automargin: true,
  };
  const layout: Partial<Layout> = {
    colorway: COLORWAY,
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    margin: { t: 56, r: 24, b: 48, l: 56 },
    font: { color: text, family: css('--jp-ui-font-family'), size: 13 },
    xaxis: axis,
    yaxis: axis,
    hoverlabel: {
      bgcolor: css('--jp-layout-color2'),
      bordercolor: line,
      font: { color: text },
    },
    modebar: {
      bgcolor: 'rgba(0,0,0,0)',
      color: css('--jp-ui-font-color2'),
      activecolor: css('--jp-brand-color1'),
    },
  };
  const trace = { error_x: { color: text }, error_y: { color: text } };
  return { layout, data: { bar: [trace], scatter: [trace] } };
}
