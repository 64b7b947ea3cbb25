import { type IRenderMimeRegistry, RenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { Contents } from '@jupyterlab/services';
import { COMPARISON_MIME } from 'imitation-lab/schema';
import { parseComparison } from './comparison/parse-comparison.ts';
import { ComparisonWidget } from './comparison-widget.tsx';
import { sidecarPath } from './rating/annotation-log.ts';

/**
 * Shows a comparison in a cell's output. Rendering the same output again keeps the reader's place; a hidden output
 * (windowed notebooks detach them) is drawn again from the model when it is shown.
 */
export class ComparisonRenderer extends ComparisonWidget implements IRenderMime.IRenderer {
  #source: unknown;

  async renderModel({ data }: IRenderMime.IMimeModel): Promise<void> {
    const source = data[COMPARISON_MIME];
    if (source === this.#source) return;
    this.#source = source;
    await this.display(() => parseComparison(source));
  }
}

/** Makes a factory that also renders untrusted notebooks: no text of an output is ever run or applied as HTML. */
export function comparisonFactory(
  rendermime: IRenderMimeRegistry,
  contents: Contents.IManager,
): IRenderMime.IRendererFactory {
  return {
    safe: true,
    mimeTypes: [COMPARISON_MIME],
    // Before text/html (50), which every comparison also brings along.
    defaultRank: 40,
    createRenderer: ({ resolver }) => {
      // A notebook's resolver knows its path; other places, such as a console, have none.
      const sidecar = resolver instanceof RenderMimeRegistry.UrlResolver ? sidecarPath(resolver.path) : null;
      return new ComparisonRenderer({ rendermime, contents, sidecar, purpose: 'auto' });
    },
  };
}
