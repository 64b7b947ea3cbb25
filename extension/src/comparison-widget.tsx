import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { Contents } from '@jupyterlab/services';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Comparison } from 'imitation-lab/schema';
import type { ReactElement } from 'react';
import { ComparisonModel } from './comparison/model.ts';
import { RatingModel } from './rating/rating-model.ts';
import { Sidecar } from './rating/sidecar.ts';
import { sidecarFile } from './rating/sidecar-file.ts';
import { RatingPanel } from './rating-view/rating-panel.tsx';
import { answerRenderer, type RenderAnswer } from './view/answer-renderer.ts';
import { ComparisonView } from './view/comparison-view.tsx';

/** Purpose of a shown comparison: as its content says, to rate it blind, or to read it with its names. */
export type Purpose = 'auto' | 'rate' | 'read';

/** Place and purpose of a shown comparison. */
export interface ComparisonWidgetOptions {
  rendermime: IRenderMimeRegistry;
  contents: Contents.IManager;
  /** Path of the file that keeps annotations; `null` where there is no place for it. */
  sidecar: string | null;
  purpose: Purpose;
}

/** Shows a comparison side by side, or as the rating panel; new data keeps the reader's place. */
export class ComparisonWidget extends ReactWidget {
  readonly #options: ComparisonWidgetOptions;
  readonly #renderAnswer: RenderAnswer;
  #purpose: Purpose;
  #comparison: Comparison | null = null;
  #reading: ComparisonModel | null = null;
  #rating: { model: RatingModel; sidecar: Sidecar } | null = null;
  #failure: string | null = null;
  /** The prompt that a link asks for, until it is shown. */
  #linked: string | null = null;

  constructor(options: ComparisonWidgetOptions) {
    super();
    this.#options = options;
    this.#purpose = options.purpose;
    this.#renderAnswer = answerRenderer(options.rendermime);
    this.addClass('il-Output');
  }

  override dispose(): void {
    this.#rating?.sidecar.dispose();
    super.dispose();
  }

  /** Shows this prompt, at once or when there is one of this id; the rating panel has an order of its own. */
  showPrompt(promptId: string): void {
    this.#linked = promptId;
    this.#followLink();
  }

  /** Show what `read` gives, or why it cannot. */
  protected async display(read: () => Comparison): Promise<void> {
    try {
      const comparison = read();
      this.#comparison = comparison;
      this.#failure = null;
      if (this.#rates(comparison)) await this.#rate(comparison);
      else this.#read(comparison);
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.update();
  }

  /** Reports whether names are to be hidden: nothing is read before this is known. */
  #rates({ rating }: Comparison): boolean {
    return this.#purpose === 'rate' || (this.#purpose === 'auto' && rating !== undefined);
  }

  #read(comparison: Comparison): void {
    if (this.#reading) this.#reading.update(comparison);
    else this.#reading = new ComparisonModel(comparison);
    this.#followLink();
  }

  #followLink(): void {
    const index = this.#comparison?.items.findIndex(({ promptId }) => promptId === this.#linked) ?? -1;
    if (!this.#reading || index < 0) return;
    this.#reading.goTo(index);
    this.#linked = null;
  }

  async #rate(comparison: Comparison): Promise<void> {
    const { sidecar: path, contents } = this.#options;
    if (path === null)
      throw new Error('Cannot rate this comparison: its votes need a file beside it, and it has no path.');
    if (this.#rating) return this.#rating.model.update(comparison);
    const sidecar = new Sidecar(sidecarFile(contents, path), localStorage);
    await sidecar.open();
    this.#rating = { sidecar, model: new RatingModel(comparison, sidecar, annotatorName()) };
  }

  protected override render(): ReactElement | null {
    const comparison = this.#comparison;
    if (this.#failure !== null) return <Failure message={this.#failure} />;
    if (!comparison) return null;
    if (this.#rates(comparison)) {
      if (!this.#rating) return null;
      return (
        <RatingPanel
          model={this.#rating.model}
          renderAnswer={this.#renderAnswer}
          onName={keepAnnotatorName}
          onRead={() => {
            this.#purpose = 'read';
            this.#read(comparison);
            this.update();
          }}
        />
      );
    }
    return this.#reading && <ComparisonView model={this.#reading} renderAnswer={this.#renderAnswer} />;
  }
}

const ANNOTATOR_KEY = 'imitation-lab:annotator';

/** Returns the name of who rates in this browser; `null` until it is given. */
function annotatorName(): string | null {
  return localStorage.getItem(ANNOTATOR_KEY);
}

/** Keeps who rates for the next time, or forgets it. */
function keepAnnotatorName(annotator: string | null): void {
  if (annotator === null) localStorage.removeItem(ANNOTATOR_KEY);
  else localStorage.setItem(ANNOTATOR_KEY, annotator);
}

/** Shows why an output cannot be shown. */
function Failure({ message }: { message: string }): ReactElement {
  return (
    <div className="il-Failure" role="alert">
      {message}
    </div>
  );
}
