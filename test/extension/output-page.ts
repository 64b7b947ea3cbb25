import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { command, type Laboratory, openLaboratory, openNotebook } from '../e2e/lab-page.ts';

/** Data of one output, by MIME type. */
export type MimeBundle = Record<string, unknown>;

/** A JupyterLab in which notebooks with given outputs can be looked at. */
export interface OutputLaboratory {
  /** Opens an untrusted notebook whose cells have these outputs, one each. */
  open(outputs: MimeBundle[], options?: PageOptions): Promise<OutputPage>;
  close(): Promise<void>;
}

export interface PageOptions {
  dark?: boolean;
  width?: number;
  /** Whether the notebook takes cells out of the page that are not in sight. */
  windowed?: boolean;
}

export interface OutputPage {
  page: Page;
  consoleErrors: string[];
  /** Addresses outside of JupyterLab that the page asked for. */
  foreignRequests: string[];
}

export async function openOutputLaboratory(): Promise<OutputLaboratory> {
  const folder = await mkdtemp(join(tmpdir(), 'outputs-'));
  const laboratory = await openLaboratory(folder);
  let opened = 0;
  return {
    open: async (outputs, { windowed = false, dark = false, ...options } = {}) => {
      const name = `outputs-${++opened}.ipynb`;
      await writeFile(join(folder, name), JSON.stringify(notebookOf(outputs)));
      const notebook = await openNotebook(laboratory, name, options);
      if (windowed) await windowNotebooks(notebook.page);
      // Settings outlive a page: the one before may have left the other theme.
      await command(notebook.page, 'apputils:change-theme', {
        theme: dark ? 'JupyterLab Dark' : 'JupyterLab Light',
      });
      return watch(laboratory, notebook);
    },
    close: async () => {
      await laboratory.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function watch(
  { lab }: Laboratory,
  { page, consoleErrors }: Omit<OutputPage, 'foreignRequests'>,
): OutputPage {
  const foreignRequests: string[] = [];
  page.on('request', request => {
    const url = request.url();
    if (!url.startsWith(lab.origin) && !/^(data|blob):/.test(url)) foreignRequests.push(url);
  });
  return { page, consoleErrors, foreignRequests };
}

/** Sets the mode in which JupyterLab detaches cells that are scrolled away. */
async function windowNotebooks(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { settings } = (window.jupyterapp as unknown as { serviceManager: { settings: SettingsService } })
      .serviceManager;
    await settings.save('@jupyterlab/notebook-extension:tracker', '{ "windowingMode": "full" }');
  });
  await page.reload();
  await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
}

interface SettingsService {
  save(id: string, raw: string): Promise<void>;
}

function notebookOf(outputs: MimeBundle[]) {
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
