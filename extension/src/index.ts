import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { comparisonFactory } from './comparison-renderer.tsx';
import { documents } from './documents.ts';
import { plotlyFactory } from './plotly/plotly-renderer.ts';

const comparison: JupyterFrontEndPlugin<void> = {
  id: '@imitation-lab/jupyterlab:comparison',
  description: 'Shows answers of several models side by side in cell outputs.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: ({ serviceManager }: JupyterFrontEnd, rendermime: IRenderMimeRegistry) => {
    rendermime.addFactory(comparisonFactory(rendermime, serviceManager.contents));
  },
};

const plotly: JupyterFrontEndPlugin<void> = {
  id: '@imitation-lab/jupyterlab:plotly',
  description: 'Shows Plotly figures in cell outputs, in the colours of the theme.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [IThemeManager],
  activate: (_app: JupyterFrontEnd, rendermime: IRenderMimeRegistry, themes: IThemeManager | null) => {
    rendermime.addFactory(plotlyFactory(themes));
  },
};

export default [comparison, documents, plotly];
