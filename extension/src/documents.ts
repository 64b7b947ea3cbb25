import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, WidgetTracker } from '@jupyterlab/apputils';
import type { DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { COMPARISON_FILE, ComparisonDocumentFactory, OPENERS } from './comparison-document.tsx';
import type { ComparisonWidget, Purpose } from './comparison-widget.tsx';

const RATE = 'imitation-lab:rate';

/** Opens `*.compare.json` and `*.compare.jsonl`, and offers to rate them blind. */
export const documents: JupyterFrontEndPlugin<void> = {
  id: '@imitation-lab/jupyterlab:documents',
  description: 'Opens comparisons of answers as documents, to read or to rate blind.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ILayoutRestorer, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
  ) => {
    app.docRegistry.addFileType(COMPARISON_FILE, ['text']);
    for (const purpose of Object.keys(OPENERS) as Purpose[]) addFactory(app, rendermime, restorer, purpose);
    app.commands.addCommand(RATE, {
      label: 'Rate Answers Blind …',
      caption: 'Judge pairs of answers without knowing whose they are',
      isEnabled: ({ path }) => typeof path === 'string' || pathOf(app) !== undefined,
      execute: ({ path = pathOf(app) }) =>
        app.commands.execute('docmanager:open', { path, factory: OPENERS.rate }),
    });
    palette?.addItem({ command: RATE, category: 'Imitation Lab' });
    app.contextMenu.addItem({
      command: 'filebrowser:open',
      args: { factory: OPENERS.rate, label: 'Rate Answers Blind' },
      selector: `.jp-DirListing-item[data-file-type="${COMPARISON_FILE.name}"]`,
      rank: 1,
    });
  },
};

/** The file of the shown document, where it is a comparison. */
function pathOf({ shell, docRegistry }: JupyterFrontEnd): string | undefined {
  const path = (shell.currentWidget as Partial<DocumentWidget> | null)?.context?.path;
  const types = path === undefined ? [] : docRegistry.getFileTypesForPath(path);
  return types.some(({ name }) => name === COMPARISON_FILE.name) ? path : undefined;
}

function addFactory(
  app: JupyterFrontEnd,
  rendermime: IRenderMimeRegistry,
  restorer: ILayoutRestorer | null,
  purpose: Purpose,
): void {
  const factory = new ComparisonDocumentFactory(rendermime, app.serviceManager.contents, purpose);
  const tracker = new WidgetTracker<DocumentWidget<ComparisonWidget>>({
    namespace: `imitation-lab-${purpose}`,
  });
  factory.widgetCreated.connect((_, widget) => {
    widget.context.pathChanged.connect(() => void tracker.save(widget));
    void tracker.add(widget);
  });
  // JupyterLab's class and its interface disagree on whether `contentProviderId` may be undefined.
  app.docRegistry.addWidgetFactory(factory as DocumentRegistry.WidgetFactory);
  void restorer?.restore(tracker, {
    command: 'docmanager:open',
    args: ({ context }) => ({ path: context.path, factory: OPENERS[purpose] }),
    name: ({ context }) => context.path,
  });
}
