import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dialog, Page, Request } from 'playwright-core';
import { type Laboratory, openLaboratory, openNotebook, wearTheme } from '../e2e/lab-page.ts';

/** Data of one output, by MIME type. */
export type MimeBundle = Record<string, unknown>;

/** A JupyterLab in which notebooks with given outputs can be looked at. */
export interface OutputLaboratory {
  /**
   * Opens an untrusted notebook whose cells have these outputs, one each, in a tab of its own; the tab that was open
   * before is closed, and with it what the page still reported about that one.
   */
  open(outputs: MimeBundle[], options?: PageOptions): Promise<OutputPage>;
  /** Opens such a notebook in a page of its own, where cells that are not in sight are taken out of the page. */
  openWindowed(outputs: MimeBundle[]): Promise<Pick<OutputPage, 'page' | 'consoleErrors'>>;
  close(): Promise<void>;
}

export interface PageOptions {
  dark?: boolean;
  width?: number;
}

export interface OutputPage {
  page: Page;
  /** Since the notebook was opened, as the two below. */
  consoleErrors: string[];
  /** Addresses outside of JupyterLab that the page asked for. */
  foreignRequests: string[];
  /** Messages of the browser's own dialogs. */
  dialogs: string[];
}

const FIRST = 'first.ipynb';
const SIZE = { width: 1360, height: 1000 };

/** Starts JupyterLab and one page in it: to load the page takes far longer than to open a notebook there. */
export async function openOutputLaboratory(): Promise<OutputLaboratory> {
  const folder = await mkdtemp(join(tmpdir(), 'outputs-'));
  const write = (name: string, outputs: MimeBundle[]) =>
    writeFile(join(folder, name), JSON.stringify(notebookOf(outputs)));
  await write(FIRST, []);
  const laboratory = await openLaboratory(folder);
  const { page, consoleErrors } = await openNotebook(laboratory, FIRST);
  const seen = listen(page, laboratory);
  let opened = 0;
  return {
    open: async (outputs, { dark = false, width = SIZE.width } = {}) => {
      await page.setViewportSize({ ...SIZE, width });
      await wearTheme(page, dark ? 'JupyterLab Dark' : 'JupyterLab Light');
      const name = `outputs-${++opened}.ipynb`;
      await write(name, outputs);
      for (const list of [consoleErrors, ...Object.values(seen)]) list.length = 0;
      await page.evaluate(showInstead, name);
      await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
      return { page, consoleErrors, ...seen };
    },
    openWindowed: async outputs => {
      const name = `outputs-${++opened}.ipynb`;
      await write(name, outputs);
      await windowCells(page);
      return openNotebook(laboratory, name);
    },
    close: async () => {
      await laboratory.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Lists what the page asks for outside of JupyterLab and of the reader. */
function listen(page: Page, { lab }: Laboratory): Pick<OutputPage, 'foreignRequests' | 'dialogs'> {
  const seen = { foreignRequests: [] as string[], dialogs: [] as string[] };
  page.on('request', (request: Request) => {
    const url = request.url();
    if (!url.startsWith(lab.origin) && !/^(data|blob):/.test(url)) seen.foreignRequests.push(url);
  });
  page.on('dialog', (dialog: Dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  return seen;
}

/**
 * Runs in the page: opens a notebook on the kernel of the one before, and drops that without a word of saving, once it
 * has its session: JupyterLab throws "Disposed" where a session comes to a notebook that is gone.
 */
async function showInstead(path: string): Promise<void> {
  const { commands, shell } = window.jupyterapp;
  const before = shell.currentWidget;
  await before?.sessionContext.ready;
  const { id, name } = before?.sessionContext.session?.kernel ?? {};
  await commands.execute('docmanager:open', { path, factory: 'Notebook', kernel: { id, name } });
  before?.dispose();
}

/** Sets the mode in which JupyterLab detaches cells that are scrolled away, for the pages that are loaded next. */
async function windowCells(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { settings } = (window.jupyterapp as unknown as { serviceManager: { settings: SettingsService } })
      .serviceManager;
    await settings.save('@jupyterlab/notebook-extension:tracker', '{ "windowingMode": "full" }');
  });
}

interface SettingsService {
  save(id: string, raw: string): Promise<void>;
}

/** A notebook whose cells have these outputs, one each. */
export function notebookOf(outputs: MimeBundle[]): object {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: 'imitation-lab', display_name: 'Imitation Lab', language: 'typescript' },
    },
    cells: outputs.map((data, index) => ({
      cell_type: 'code',
      id: `cell-${index}`,
      execution_count: 1,
      metadata: {},
      source: '',
      outputs: [{ output_type: 'display_data', metadata: {}, data }],
    })),
  };
}
