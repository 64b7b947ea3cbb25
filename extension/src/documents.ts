import {
  ILayoutRestorer,
  IRouter,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { ICommandPalette, WidgetTracker } from '@jupyterlab/apputils';
import type { DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import { ILauncher } from '@jupyterlab/launcher';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { LabIcon } from '@jupyterlab/ui-components';
import { chooseComparison } from './choose-comparison.ts';
import { COMPARISON_FILE, ComparisonDocumentFactory, OPENERS } from './comparison-document.tsx';
import type { ComparisonWidget, Purpose } from './comparison-widget.tsx';

const RATE = 'imitation-lab:rate';

/** Opens `*.compare.json` and `*.compare.jsonl`, and offers to rate them blind. */
export const documents: JupyterFrontEndPlugin<void> = {
  id: '@imitation-lab/jupyterlab:documents',
  description: 'Opens comparisons of answers as documents, to read or to rate blind.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ILayoutRestorer, ICommandPalette, ILauncher, IRouter],
  activate: (
    app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    router: IRouter | null,
  ) => {
    app.docRegistry.addFileType(COMPARISON_FILE, ['text']);
    for (const purpose of Object.keys(OPENERS) as Purpose[]) {
      const factory = addFactory(app, rendermime, restorer, purpose);
      if (router) followAddress(factory, router.current);
    }
    app.commands.addCommand(RATE, {
      label: 'Rate Answers Blind',
      caption: 'Judge pairs of answers without knowing whose they are',
      icon: rateIcon,
      execute: async ({ path, cwd }) => {
        const chosen = path ?? pathOf(app) ?? (await choose(app, cwd));
        return chosen && app.commands.execute('docmanager:open', { path: chosen, factory: OPENERS.rate });
      },
    });
    palette?.addItem({ command: RATE, category: 'Imitation Lab' });
    launcher?.add({ command: RATE, category: 'Imitation Lab' });
    app.contextMenu.addItem({
      command: 'filebrowser:open',
      args: { factory: OPENERS.rate, label: 'Rate Answers Blind' },
      selector: `.jp-DirListing-item[data-file-type="${COMPARISON_FILE.name}"]`,
      rank: 1,
    });
  },
};

/** Asks for a comparison in the folder that the launcher shows, else in the topmost. */
function choose({ serviceManager, docRegistry }: JupyterFrontEnd, cwd: unknown): Promise<string | null> {
  return chooseComparison(serviceManager.contents, typeof cwd === 'string' ? cwd : '', name =>
    isComparison(docRegistry, name),
  );
}

/** Returns the file of the shown document, where it is a comparison. */
function pathOf({ shell, docRegistry }: JupyterFrontEnd): string | undefined {
  const path = (shell.currentWidget as Partial<DocumentWidget> | null)?.context?.path;
  return path !== undefined && isComparison(docRegistry, path) ? path : undefined;
}

function isComparison(registry: DocumentRegistry, path: string): boolean {
  return registry.getFileTypesForPath(path).some(({ name }) => name === COMPARISON_FILE.name);
}

/** Shows the prompt that the page's own address names, once the file it names is opened. */
function followAddress(factory: ComparisonDocumentFactory, { path, hash }: IRouter.ILocation): void {
  const follow = (_: unknown, widget: DocumentWidget) => {
    if (!decodeURIComponent(path).endsWith(`/tree/${widget.context.path}`)) return;
    factory.widgetCreated.disconnect(follow);
    widget.setFragment(hash);
  };
  if (hash !== '') factory.widgetCreated.connect(follow);
}

function addFactory(
  app: JupyterFrontEnd,
  rendermime: IRenderMimeRegistry,
  restorer: ILayoutRestorer | null,
  purpose: Purpose,
): ComparisonDocumentFactory {
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
  return factory;
}

/** Two answers, of which one is chosen. */
const rateIcon = new LabIcon({
  name: 'imitation-lab:rate',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
  <g class="jp-icon3" stroke="#616161"><rect x="3" y="4" width="7.5" height="16" rx="1"/><rect x="13.5" y="4" width="7.5" height="16" rx="1"/></g>
  <path class="jp-icon-brand0" stroke="#f37626" d="m15.2 12.2 1.6 1.6 2.6-3.4"/>
</svg>`,
});
