import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureJupyterLab, startJupyterLab } from './jupyter-lab.ts';
import { ScriptError, say } from './step.mjs';

const USAGE = 'npm start -- [--no-browser] [--port N] [--folder DIR]';

/**
 * Runs `npm start`: installs what is missing and opens JupyterLab on the notebooks.
 *
 * @param root the project's folder.
 * @param argv `--no-browser`, `--port N`, `--folder DIR` (what JupyterLab shows; the notebooks by default).
 */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  const options = parse(argv);
  const parent = process.ppid;
  const venv = await ensureJupyterLab(root);
  say('… Start JupyterLab');
  const lab = await startJupyterLab({
    venv,
    folder: options.folder ?? join(root, 'notebooks'),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const page = options.folder === undefined ? lab.url.replace('/lab?', '/lab/tree/00-start.ipynb?') : lab.url;
  say(`✓ JupyterLab is running at\n\n    ${page}\n\nStop it with Ctrl+C.`);
  if (options.browser) openBrowser(page);
  const stop = () => lab.process.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  onOrphaned(parent, stop);
  await lab.ended;
}

const WATCH_MS = 1000;

/** Calls back when the process that started us is gone: npm and its shell do not pass every signal on. */
function onOrphaned(parent: number, stop: () => void): void {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, WATCH_MS);
  watch.unref();
}

interface StartOptions {
  browser: boolean;
  port?: number;
  folder?: string;
}

function parse(argv: readonly string[]): StartOptions {
  const values = parseValues(argv);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new ScriptError(`--port must be a number from 1 to 65535, found "${values.port}". Usage: ${USAGE}`);
  }
  return {
    browser: !values['no-browser'],
    ...(port === undefined ? {} : { port }),
    ...(values.folder === undefined ? {} : { folder: values.folder }),
  };
}

function parseValues(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { 'no-browser': { type: 'boolean' }, port: { type: 'string' }, folder: { type: 'string' } },
    }).values;
  } catch (error) {
    throw new ScriptError(`${error instanceof Error ? error.message : error}\nUsage: ${USAGE}`);
  }
}

function openBrowser(url: string): void {
  const command = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.once('error', () => say('No browser could be opened: open the address above yourself.'));
  child.unref();
}
