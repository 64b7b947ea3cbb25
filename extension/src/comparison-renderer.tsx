import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { ReactWidget } from '@jupyterlab/ui-components';
import { COMPARISON_MIME } from 'imitation-lab/schema';
import type { ReactElement } from 'react';
import { ComparisonModel } from './comparison/model.ts';
import { parseComparison } from './comparison/parse-comparison.ts';
import { answerRenderer, type RenderAnswer } from './view/answer-renderer.ts';
import { ComparisonView } from './view/comparison-view.tsx';
import { Failure } from './view/failure.tsx';

/**
 * Shows a comparison in a cell's output. Rendering the same output again keeps the reader's place; a hidden
 * output (windowed notebooks detach them) is drawn anew from the model when it is shown.
 */
export class ComparisonRenderer extends ReactWidget implements IRenderMime.IRenderer {
  readonly #renderAnswer: RenderAnswer;
  #model: ComparisonModel | null = null;
  #source: unknown;
  #failure: string | null = null;

  constructor(rendermime: IRenderMimeRegistry) {
    super();
    this.#renderAnswer = answerRenderer(rendermime);
    this.addClass('il-Output');
  }

  async renderModel({ data }: IRenderMime.IMimeModel): Promise<void> {
    const source = data[COMPARISON_MIME];
    if (source === this.#source) return;
    this.#source = source;
    try {
      const comparison = parseComparison(source);
      if (this.#model) this.#model.update(comparison);
      else this.#model = new ComparisonModel(comparison);
      this.#failure = null;
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.update();
  }

  protected override render(): ReactElement | null {
    if (this.#failure !== null) return <Failure message={this.#failure} />;
    if (!this.#model) return null;
    return <ComparisonView model={this.#model} renderAnswer={this.#renderAnswer} />;
  }
}

/** A factory that also renders untrusted notebooks: no text of an output is ever run or applied as HTML. */
export function comparisonFactory(rendermime: IRenderMimeRegistry): IRenderMime.IRendererFactory {
  return {
    safe: true,
    mimeTypes: [COMPARISON_MIME],
    // Before text/html (50), which every comparison also brings along.
    defaultRank: 40,
    createRenderer: () => new ComparisonRenderer(rendermime),
  };
}
