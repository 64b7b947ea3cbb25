import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Notebook } from '../../kernel/src/index.ts';
import {
  type Laboratory,
  type NotebookPage,
  openLaboratory,
  openNotebook,
  outputsOf,
  ROOT,
} from './lab-page.ts';

/** A notebook that was run whole, and the page that shows it. */
export interface NotebookRun extends NotebookPage {
  notebook: Notebook;
}

/** Runs notebooks of the project in JupyterLab, one after the other in one page that all tests of a file share. */
export function notebookRuns(): { runNotebook(name: string): Promise<NotebookRun> } {
  let folder = '';
  let laboratory: Laboratory;
  let opened: NotebookPage | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'notebooks-'));
    // Without what was trained there by hand: a finished run is not done again.
    const filter = (path: string) => basename(path) !== 'runs';
    await cp(join(ROOT, 'notebooks'), folder, { recursive: true, filter });
    laboratory = await openLaboratory(folder);
  });
  afterAll(async () => {
    await laboratory.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    /** Opens a notebook, runs all of it, and holds it to no error and no warning in its outputs. */
    runNotebook: async name => {
      opened = opened === undefined ? await openNotebook(laboratory, name) : await opened.open(name);
      opened.consoleErrors.length = 0;
      const notebook = await opened.runAll();
      expect(outputsOf(notebook).filter(output => output.output_type === 'error')).toEqual([]);
      expect(outputsOf(notebook).filter(output => 'name' in output && output.name === 'stderr')).toEqual([]);
      return { ...opened, notebook };
    },
  };
}

/** Takes a picture of the page for people to look at, in `build/screenshots`; the README shows copies of these. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path: join(ROOT, 'build', 'screenshots', `${name}.png`) });
}
const SETTLE_MS = 1500;
