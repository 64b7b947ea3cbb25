import { ABCWidgetFactory, type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { Contents } from '@jupyterlab/services';
import { parseComparison } from 'imitation-lab/readers';
import { COMPARISON_MIME } from 'imitation-lab/schema';
import { ComparisonWidget, type Purpose } from './comparison-widget.tsx';
import { linkedPrompt } from './linked-prompt.ts';
import { sidecarPath } from './rating/annotation-log.ts';

/** Files of comparisons. */
export const COMPARISON_FILE: Partial<DocumentRegistry.IFileType> & { name: string } = {
  name: 'imitation-lab-comparison',
  displayName: 'Comparison of answers',
  extensions: ['.compare.jsonl', '.compare.json'],
  mimeTypes: [COMPARISON_MIME],
  contentType: 'file',
  fileFormat: 'text',
};

/** Names of the ways to open such a file. */
export const OPENERS = {
  auto: 'Comparison',
  rate: 'Blind Rating',
  read: 'Comparison with Names',
} as const satisfies Record<Purpose, string>;

/** A comparison's file, shown and never written. */
class ComparisonContent extends ComparisonWidget {
  constructor(context: DocumentRegistry.Context, factory: ComparisonDocumentFactory) {
    super({
      rendermime: factory.rendermime.clone({ resolver: context.urlResolver }),
      contents: factory.contents,
      sidecar: sidecarPath(context.path),
      purpose: factory.purpose,
    });
    this.addClass('il-mod-document');
    const show = () => void this.display(() => parseComparison(context.model.toString(), context.path));
    void context.ready.then(() => {
      if (this.isDisposed) return;
      show();
      context.model.contentChanged.connect(show, this);
    });
  }
}

/** A comparison's file as a document. A link to it may name a prompt: `#prompt=ID`. */
class ComparisonDocument extends DocumentWidget<ComparisonWidget> {
  override setFragment(fragment: string): void {
    const promptId = linkedPrompt(fragment);
    if (promptId !== null) this.content.showPrompt(promptId);
  }
}

/** Opens comparisons as documents of their own. */
export class ComparisonDocumentFactory extends ABCWidgetFactory<DocumentWidget<ComparisonWidget>> {
  readonly rendermime: IRenderMimeRegistry;
  readonly contents: Contents.IManager;
  readonly purpose: Purpose;

  constructor(rendermime: IRenderMimeRegistry, contents: Contents.IManager, purpose: Purpose) {
    super({
      name: OPENERS[purpose],
      label: OPENERS[purpose],
      fileTypes: [COMPARISON_FILE.name],
      defaultFor: purpose === 'auto' ? [COMPARISON_FILE.name] : [],
      readOnly: true,
      modelName: 'text',
    });
    this.rendermime = rendermime;
    this.contents = contents;
    this.purpose = purpose;
  }

  protected createNewWidget(context: DocumentRegistry.Context): DocumentWidget<ComparisonWidget> {
    const widget = new ComparisonDocument({ content: new ComparisonContent(context, this), context });
    widget.toolbar.hide();
    return widget;
  }
}
