import { escapeHtml } from 'imitation-lab/text';
import type { NotebookFigure } from './notebook-figures.ts';

/** Colours of a page and of the figures in it. */
interface Colours {
  text: string;
  /** Captions and small print. */
  quiet: string;
  page: string;
  line: string;
  strongLine: string;
}

const LIGHT: Colours = {
  text: '#1b1b1b',
  quiet: '#4a4a4a',
  page: '#ffffff',
  line: '#dddddd',
  strongLine: '#888888',
};

const DARK: Colours = {
  text: '#e6e6e6',
  quiet: '#b8b8b8',
  page: '#161616',
  line: '#3d3d3d',
  strongLine: '#7d7d7d',
};

const STYLE = `
:root { color-scheme: light dark; ${variables(LIGHT)} }
@media (prefers-color-scheme: dark) { :root { ${variables(DARK)} } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
table { border-collapse: collapse; }
caption { text-align: left; margin-bottom: .75rem; color: var(--quiet); }
th, td { padding: .35rem .6rem; vertical-align: top; text-align: left; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--strong-line); }
small { color: var(--quiet); white-space: nowrap; }
pre { white-space: pre-wrap; }
`;

function variables({ text, quiet, page, line, strongLine }: Colours): string {
  return `--text: ${text}; --quiet: ${quiet}; --page: ${page}; --line: ${line}; --strong-line: ${strongLine};`;
}

/** Makes a Plotly template, which fills in the colours that a figure leaves open. */
function template({ text, page, line, strongLine }: Colours): object {
  const axis = { gridcolor: line, linecolor: strongLine, zerolinecolor: strongLine, automargin: true };
  const trace = { error_x: { color: text }, error_y: { color: text } };
  return {
    layout: { paper_bgcolor: page, plot_bgcolor: page, font: { color: text }, xaxis: axis, yaxis: axis },
    data: { bar: [trace], scatter: [trace] },
  };
}

/**
 * Returns a page that shows one figure offline, in the reader's light or dark: the Plotly figure with the library
 * embedded, or the table.
 *
 * @param plotlySource source of the Plotly bundle, embedded where the figure needs it.
 */
export function figurePage(figure: NotebookFigure, plotlySource: string): string {
  const { name, plotly, html } = figure;
  const body =
    plotly === undefined
      ? html
      : `<div id="figure"></div>
<script>${plotlySource.replaceAll('</script', '<\\/script')}</script>
<script>
const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
const template = isDark ? ${scriptJson(template(DARK))} : ${scriptJson(template(LIGHT))};
Plotly.newPlot('figure', ${scriptJson(plotly.data)}, { template, ...${scriptJson(plotly.layout)} }, { responsive: true });
</script>`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(name)}</title>
<style>${STYLE}</style>
${body}
</html>
`;
}

/** Returns JSON that cannot end the script element around it. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
