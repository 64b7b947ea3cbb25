import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type ConsoleMessage, chromium, type Locator, type Page } from 'playwright-core';
import { type Notebook, type NotebookOutput, notebookOutputs } from '../../kernel/src/index.ts';
import { parseNotebook } from '../../kernel/src/notebook/notebook-file.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/chromium.ts';
import { type JupyterLab, startJupyterLab } from '../../scripts/jupyter-lab.ts';
import { type Venv, venvAt } from '../../scripts/venv.ts';
import { PATIENCE_MS } from '../fixtures/patience.ts';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A port that nothing listens on, drawn by the system, so that tests side by side do not draw the same. */
export async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system gave no port');
  return address.port;
}

/** A JupyterLab of its own, with no settings but its own, and a browser to look at it. */
export interface Laboratory {
  readonly lab: JupyterLab;
  readonly browser: Browser;
  close(): Promise<void>;
}

/**
 * Starts JupyterLab and a headless browser.
 *
 * @param folder what JupyterLab shows.
 * @param venv the environment that holds it; the project's own by default.
 */
export async function openLaboratory(
  folder: string,
  venv: Venv = venvAt(join(ROOT, 'build', 'venv')),
): Promise<Laboratory> {
  const home = await mkdtemp(join(tmpdir(), 'imitation-lab-'));
  const lab = await startJupyterLab({
    venv,
    folder,
    port: await unusedPort(),
    env: {
      JUPYTER_CONFIG_DIR: join(home, 'config'),
      JUPYTER_RUNTIME_DIR: join(home, 'runtime'),
      JUPYTER_DATA_DIR: join(home, 'data'),
    },
    args: [
      '--LabApp.expose_app_in_browser=True',
      `--LabApp.workspaces_dir=${join(home, 'workspaces')}`,
      `--LabApp.user_settings_dir=${join(home, 'settings')}`,
    ],
  });
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: [...CHROMIUM_ARGS] });
  const close = async () => {
    await browser.close();
    lab.process.kill('SIGTERM');
    await lab.ended;
    await rm(home, { recursive: true, force: true });
  };
  return { lab, browser, close };
}

/** What JupyterLab's own debugger panel throws for every kernel that has no debugger. */
const DEBUGGER_NOISE = 'No active debugger session';

/** What JupyterLab prints where a notebook is closed while its toolbar is laid out. */
const TOOLBAR_NOISE = 'Error while computing the ReactiveToolbar';

/** A notebook open in JupyterLab. */
export interface NotebookPage {
  readonly page: Page;
  /** Errors that the page printed to the console. */
  readonly consoleErrors: string[];
  /** Runs every cell by the menu and waits until all have run; returns the notebook as the page holds it. */
  runAll(): Promise<Notebook>;
  /**
   * Scrolls to a cell, since JupyterLab detaches the outputs that are far from sight; returns its first output that is
   * no printed text.
   */
  reveal(cell: number): Promise<Locator>;
  /** Ends this notebook's kernel and opens another notebook in the same page, which loads much faster. */
  open(name: string): Promise<NotebookPage>;
}

/**
 * Opens a notebook as a reader would: by its address.
 *
 * @param name file name, relative to JupyterLab's folder.
 */
export async function openNotebook(
  { lab, browser }: Laboratory,
  name: string,
  options: { width?: number; height?: number } = {},
): Promise<NotebookPage> {
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1360, height: options.height ?? 1000 },
  });
  page.setDefaultTimeout(PATIENCE_MS);
  const consoleErrors: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error' && !message.text().startsWith(TOOLBAR_NOISE))
      consoleErrors.push(message.text());
  });
  page.on('pageerror', error => {
    if (error.message !== DEBUGGER_NOISE) consoleErrors.push(error.message);
  });
  await page.goto(`${lab.origin}/lab/tree/${name}?reset&token=${lab.token}`, { waitUntil: 'commit' });
  await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
  return openedNotebook(page, consoleErrors);
}

async function openedNotebook(page: Page, consoleErrors: string[]): Promise<NotebookPage> {
  // JupyterLab's indicator says idle before there is a kernel; cells run then ask which kernel to use.
  await page.waitForFunction(
    () => window.jupyterapp.shell.currentWidget?.sessionContext.session?.kernel?.status === 'idle',
  );
  return {
    page,
    consoleErrors,
    runAll: () => runAll(page),
    reveal: cell => reveal(page, cell),
    open: async name => {
      await closeNotebook(page);
      await command(page, 'docmanager:open', { path: name });
      await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
      return openedNotebook(page, consoleErrors);
    },
  };
}

/** Closes the notebook in sight with its kernel. JupyterLab's own command would ask whether to save it. */
async function closeNotebook(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const widget = window.jupyterapp.shell.currentWidget;
    await widget?.sessionContext.shutdown();
    widget?.dispose();
  });
}

/** A cell's model; one of text has no outputs. */
interface CodeCell {
  type: string;
  executionCount: number | null;
  outputs: { length: number; get(index: number): { type: string } };
}

/** What the tests use of the application object that JupyterLab exposes in the page. */
interface JupyterApp {
  commands: { execute(id: string, args: object): Promise<unknown> };
  shell: {
    currentWidget: {
      content: {
        model: { toJSON(): unknown; cells: Iterable<CodeCell> };
        scrollToItem(index: number, align: 'start'): Promise<void>;
      };
      sessionContext: {
        ready: Promise<void>;
        session: { kernel: { id: string; name: string; status: string } | null } | null;
        shutdown(): Promise<void>;
      };
      dispose(): void;
    } | null;
  };
}

declare global {
  interface Window {
    jupyterapp: JupyterApp;
  }
}

/** Runs one of JupyterLab's commands in the page. */
export async function command(page: Page, id: string, args: Record<string, string> = {}): Promise<void> {
  await page.evaluate(
    async ([name, values]) => {
      await window.jupyterapp.commands.execute(name, values);
    },
    [id, args] as const,
  );
}

/** Sets the page's theme, and waits until the page wears it. */
export async function wearTheme(page: Page, theme: 'JupyterLab Dark' | 'JupyterLab Light'): Promise<void> {
  const isWorn = (name: string) => document.body.dataset.jpThemeName === name;
  if (await page.evaluate(isWorn, theme)) return;
  await command(page, 'apputils:change-theme', { theme });
  await page.waitForFunction(isWorn, theme);
}

const POLL_MS = 200;

async function runAll(page: Page): Promise<Notebook> {
  // A notebook may be kept with its outputs: only those of this run are to be seen.
  await command(page, 'notebook:clear-all-cell-outputs');
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
  for (;;) {
    await page.waitForTimeout(POLL_MS);
    const { waiting, hasError, status } = await runState(page);
    if (hasError || (waiting === 0 && status === 'idle')) return notebookOf(page);
    if (status === 'dead') throw new Error(`The kernel died: ${waiting} cells have not run`);
  }
}

/** How far a run of all cells is: read from the page's model, since the outputs of some notebooks are megabytes. */
function runState(page: Page): Promise<{ waiting: number; hasError: boolean; status: string }> {
  return page.evaluate(() => {
    const widget = window.jupyterapp.shell.currentWidget;
    if (widget === null) throw new Error('No notebook is open');
    const { content, sessionContext } = widget;
    const code = [...content.model.cells].filter(cell => cell.type === 'code');
    const typesOf = ({ outputs }: CodeCell) =>
      Array.from({ length: outputs.length }, (_, index) => outputs.get(index).type);
    return {
      waiting: code.filter(cell => cell.executionCount === null).length,
      hasError: code.some(cell => typesOf(cell).includes('error')),
      status: sessionContext.session?.kernel?.status ?? 'none',
    };
  });
}

async function reveal(page: Page, cell: number): Promise<Locator> {
  await page.evaluate(index => {
    // Its promise is not awaited: it stays pending where the cell is in sight already.
    void window.jupyterapp.shell.currentWidget?.content.scrollToItem(index, 'start');
  }, cell);
  const output = '.jp-OutputArea-output:not([data-mime-type="application/vnd.jupyter.stdout"])';
  return page.locator(`.jp-Cell[data-windowed-list-index="${cell}"] ${output}`).first();
}

/** All outputs of a notebook, in order. */
export function outputsOf(notebook: Notebook): NotebookOutput[] {
  return [...notebookOutputs(notebook)].map(({ output }) => output);
}

async function notebookOf(page: Page): Promise<Notebook> {
  const text = await page.evaluate(() =>
    JSON.stringify(window.jupyterapp.shell.currentWidget?.content.model.toJSON()),
  );
  return parseNotebook(text);
}
