import type { IThemeManager } from '@jupyterlab/apputils';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { PLOTLY_MIME } from 'imitation-lab/schema';
import type { Config, Data, Layout } from 'plotly.js';
import { figureImage } from './figure-image.ts';
import { figureTheme } from './figure-theme.ts';
import { type Figure, parseFigure } from './parse-figure.ts';

type Plotly = typeof import('plotly.js');

/** Height in pixels of a figure that sets none. */
const HEIGHT = 420;

/** Width in pixels of the kept image of a figure that sets none: a page in print. */
const WIDTH = 800;

/**
 * Time without a change after which a figure's image is kept, in milliseconds: training updates one many times a
 * second.
 */
const IMAGE_DELAY_MS = 1500;

const PNG = 'image/png';

const CONFIG: Partial<Config> = { displaylogo: false, responsive: false };

/** Loads a chunk of its own: over a megabyte, which only notebooks with a figure load. */
async function loadPlotly(): Promise<Plotly> {
  const module = await import('plotly.js');
  return 'default' in module ? (module.default as Plotly) : module;
}

/** Shows a Plotly figure in a cell's output; an updated output updates the figure in place. */
export class PlotlyRenderer extends Widget implements IRenderMime.IRenderer {
  readonly #themes: IThemeManager | null;
  readonly #plot: HTMLDivElement;
  #source: unknown;
  #figure: Figure | null = null;
  #plotly: Plotly | null = null;
  #imageTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(themes: IThemeManager | null) {
    super();
    this.#themes = themes;
    this.#plot = document.createElement('div');
    this.addClass('il-Plotly');
    this.node.append(this.#plot);
    themes?.themeChanged.connect(this.update, this);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const source = model.data[PLOTLY_MIME];
    if (source === this.#source) return;
    this.#source = source;
    clearTimeout(this.#imageTimer);
    try {
      this.#figure = parseFigure(source);
      this.#plot.style.height = `${this.#figure.layout.height ?? HEIGHT}px`;
      this.#plotly = await loadPlotly();
      await this.#draw();
      this.#imageTimer = setTimeout(() => this.#keepImage(model, source), IMAGE_DELAY_MS);
    } catch (error) {
      this.#fail(error);
    }
  }

  override dispose(): void {
    if (this.isDisposed) return;
    clearTimeout(this.#imageTimer);
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

  /**
   * Keeps a PNG beside the figure, so that the notebook reads where nothing draws figures (GitHub, nbconvert). Only
   * for outputs of this reader's own runs: to look at another's notebook must not change it.
   */
  async #keepImage(model: IRenderMime.IMimeModel, source: unknown): Promise<void> {
    const isCurrent = () => !this.isDisposed && this.#source === source;
    if (!isCurrent() || !this.#plotly || !this.#figure || !model.trusted || PNG in model.data) return;
    const { width = WIDTH, height = HEIGHT } = this.#figure.layout as { width?: number; height?: number };
    try {
      const image = await figureImage(this.#plotly, this.#figure, width, height);
      if (!isCurrent()) return;
      // Replaces the whole bundle, and renders this output again: what is there must be given along.
      model.setData({
        data: { ...model.data, [PNG]: image },
        metadata: { ...model.metadata, [PNG]: { width, height } },
      });
    } catch (error) {
      // The figure itself is shown; its copy is a convenience.
      console.warn('Cannot keep an image of the figure:', error);
    }
  }

  #fail(error: unknown): void {
    if (this.isDisposed) return;
    this.#figure = null;
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

/** Makes a factory that also renders untrusted notebooks: Plotly draws data and sanitises the few tags it allows. */
export function plotlyFactory(themes: IThemeManager | null): IRenderMime.IRendererFactory {
  return {
    safe: true,
    mimeTypes: [PLOTLY_MIME],
    // Before text/html (50) and images (90).
    defaultRank: 40,
    createRenderer: () => new PlotlyRenderer(themes),
  };
}
