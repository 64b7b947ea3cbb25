import type { IThemeManager } from '@jupyterlab/apputils';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { PLOTLY_MIME } from 'imitation-lab/schema';
import type { Config, Data, Layout } from 'plotly.js';
import { figureTheme } from './figure-theme.ts';
import { type Figure, parseFigure } from './parse-figure.ts';

type Plotly = typeof import('plotly.js');

/** Height in pixels of a figure that sets none. */
const HEIGHT = 420;

const CONFIG: Partial<Config> = { displaylogo: false, responsive: false };

/** Loaded with the first figure, once: the bundle is over a megabyte. */
let library: Promise<Plotly> | undefined;

function loadPlotly(): Promise<Plotly> {
  library ??= import('plotly.js').then(module => ('default' in module ? (module.default as Plotly) : module));
  return library;
}

/** Shows a Plotly figure in a cell's output; an updated output updates the figure in place. */
export class PlotlyRenderer extends Widget implements IRenderMime.IRenderer {
  readonly #themes: IThemeManager | null;
  readonly #plot: HTMLDivElement;
  #source: unknown;
  #figure: Figure | null = null;
  #plotly: Plotly | null = null;

  constructor(themes: IThemeManager | null) {
    super();
    this.#themes = themes;
    this.#plot = document.createElement('div');
    this.addClass('il-Plotly');
    this.node.append(this.#plot);
    themes?.themeChanged.connect(this.update, this);
  }

  async renderModel({ data }: IRenderMime.IMimeModel): Promise<void> {
    const source = data[PLOTLY_MIME];
    if (source === this.#source) return;
    this.#source = source;
    try {
      this.#figure = parseFigure(source);
      this.#plot.style.height = `${this.#figure.layout.height ?? HEIGHT}px`;
      this.#plotly = await loadPlotly();
      await this.#draw();
    } catch (error) {
      this.#fail(error);
    }
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#themes?.themeChanged.disconnect(this.update, this);
    this.#plotly?.purge(this.#plot);
    super.dispose();
  }

  /** Windowed notebooks detach outputs and drop what was drawn on canvases. */
  protected override onAfterAttach(_message: Message): void {
    this.update();
  }

  protected override onAfterShow(_message: Message): void {
    this.update();
  }

  protected override onResize(_message: Widget.ResizeMessage): void {
    this.update();
  }

  protected override onUpdateRequest(_message: Message): void {
    this.#draw().catch(error => this.#fail(error));
  }

  async #draw(): Promise<void> {
    // An output may be disposed, hidden or replaced while the library loads.
    if (!this.#plotly || !this.#figure || this.isDisposed || !this.isVisible) return;
    const style = getComputedStyle(this.node);
    const template = figureTheme(variable => style.getPropertyValue(variable).trim());
    // Plotly writes into what it is given; the notebook's data must stay as it is.
    const { data, layout } = structuredClone(this.#figure);
    await this.#plotly.react(
      this.#plot,
      data as Data[],
      {
        ...layout,
        template: layout.template ?? template,
        autosize: layout.width === undefined,
      } as Partial<Layout>,
      { ...CONFIG, ...this.#figure.config },
    );
    this.node.querySelector('.il-Failure')?.remove();
  }

  #fail(error: unknown): void {
    if (this.isDisposed) return;
    this.#plotly?.purge(this.#plot);
    this.#plot.style.height = '';
    const message = document.createElement('div');
    message.className = 'il-Failure';
    message.role = 'alert';
    message.textContent = error instanceof Error ? error.message : String(error);
    this.node.querySelector('.il-Failure')?.remove();
    this.node.append(message);
  }
}

/** A factory that also renders untrusted notebooks: Plotly draws data and sanitises the few tags it allows. */
export function plotlyFactory(themes: IThemeManager | null): IRenderMime.IRendererFactory {
  return {
    safe: true,
    mimeTypes: [PLOTLY_MIME],
    // Before text/html (50) and images (90).
    defaultRank: 40,
    createRenderer: () => new PlotlyRenderer(themes),
  };
}
