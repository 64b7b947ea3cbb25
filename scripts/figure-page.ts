import { escapeHtml } from 'imitation-lab/text';
import type { NotebookFigure } from './notebook-figures.ts';

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
table { border-collapse: collapse; }
caption { text-align: left; margin-bottom: .75rem; color: #444; }
th, td { padding: .35rem .6rem; vertical-align: top; text-align: left; border-bottom: 1px solid #ddd; }
thead th { border-bottom: 2px solid #888; }
small { color: #555; white-space: nowrap; }
pre { white-space: pre-wrap; }
`;

/**
 * Returns a page that shows one figure offline: the Plotly figure with the library embedded, or the table.
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
<script>Plotly.newPlot('figure', ${scriptJson(plotly.data)}, ${scriptJson(plotly.layout)}, {responsive: true});</script>`;
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
