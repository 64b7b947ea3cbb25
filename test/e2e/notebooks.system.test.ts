import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Notebook, notebookOutputs } from '../../kernel/src/index.ts';
import { figureNotebooks } from '../../scripts/figure-notebooks.ts';
import { notebookFigures } from '../../scripts/notebook-figures.ts';
import { FIGURES, ROWS_MIME } from '../../src/figure/index.ts';
import { COMPARISON_MIME, PLOTLY_MIME } from '../../src/schema.ts';
import { WITH_RECORDS } from '../fixtures/public-records.ts';
import { type NotebookPage, ROOT, wearTheme } from './lab-page.ts';
import { notebookRuns, picture } from './notebook-runs.ts';

const { runNotebook } = notebookRuns();

/** Every figure of a notebook is drawn: a chart has lines or bars, a comparison answers, a table cells. */
async function expectDrawn({ page, reveal }: NotebookPage, notebook: Notebook): Promise<void> {
  for (const { cell, output } of notebookOutputs(notebook)) {
    const shown = 'data' in output && DRAWN.find(([mime]) => mime in output.data);
    if (!shown) continue;
    await reveal(cell);
    await page.locator(`.jp-Cell[data-windowed-list-index="${cell}"] ${shown[1]}`).first().waitFor();
  }
}

/** What a MIME type looks like in the page; the first that an output has is what JupyterLab shows. */
const DRAWN: readonly [mime: string, selector: string][] = [
  // Answers side by side, or what the rating panel begins with.
  [COMPARISON_MIME, 'article, .il-NameForm, .il-Outputs'],
  // The chart rather than its lines: one that is level has no height, and so counts as hidden.
  [PLOTLY_MIME, '.js-plotly-plot:has(.trace) .main-svg'],
  [ROWS_MIME, 'table td'],
];

/** Notebooks that train or evaluate a real model: `model-notebooks.install.test.ts` runs them. */
const ON_A_REAL_MODEL = ['benchmarks', 'engine'];

/** Notebooks whose tables and charts are of the kinds of others: `headless-notebooks.install.test.ts` runs them. */
const BY_THE_KERNEL_ALONE = ['fig5', 'fig6', 'table1', 'table6', 'table7'];

test('every notebook is run by a test', async () => {
  const names = (await readdir(join(ROOT, 'notebooks'))).filter(name => name.endsWith('.ipynb'));
  const figures = figureNotebooks().map(({ name }) => name);
  const others = ['00-start', 'data', 'judges', 'report', ...ON_A_REAL_MODEL];
  expect(names.sort()).toEqual([...figures, ...others].map(name => `${name}.ipynb`).sort());
});

test(
  '00-start shows real answers side by side, their style, and a table of one’s own',
  WITH_RECORDS,
  async () => {
    const { page, reveal, consoleErrors } = await runNotebook('00-start.ipynb');
    const published = await reveal(2);
    await published.getByText('How can I improve my time management skills?').first().waitFor();
    const shared = published.getByRole('button', { name: /Unigram overlap/ });
    if ((await shared.getAttribute('aria-pressed')) === 'true') await shared.click();
    expect(await published.locator('article .il-mark-shared').count()).toBe(0);
    await shared.click();
    expect(await published.locator('article .il-mark-shared').count()).toBeGreaterThan(20);
    const style = await reveal(4);
    await style.getByText('91 %').waitFor();
    const own = await reveal(6);
    await own.getByText('The capital of Australia is Canberra.').waitFor();
    for (const [truth, sentences] of [
      ['correct', 1],
      ['ambiguous', 1],
      ['incorrect', 2],
    ] as const) {
      expect(await own.locator(`article .il-mark-${truth}`).count()).toBeGreaterThanOrEqual(sentences);
    }
    await picture(page, 'labelled-light');
    expect(consoleErrors).toEqual([]);
  },
);

/** What else is looked at in some of the figures' notebooks. */
const LOOKS: Readonly<Record<string, (opened: NotebookPage) => Promise<void>>> = {
  fig2: async ({ page, reveal }) => {
    const example = await reveal(2);
    await example.getByText('Critic Network').waitFor();
    const models = await reveal(4);
    for (const model of ['ChatGPT', 'LLaMA-13B', 'Alpaca-13B', 'Vicuna-13B']) {
      await models.getByRole('heading', { name: model, exact: true }).waitFor();
    }
    await reveal(2);
    await picture(page, 'comparison-light');
    await wearTheme(page, 'JupyterLab Dark');
    await picture(page, 'comparison-dark');
    await wearTheme(page, 'JupyterLab Light');
  },
  table2: async ({ page, reveal }) => {
    const table = await reveal(8);
    for (const records of ['OpenAssistant-250', 'Live study'])
      await table.getByRole('rowheader', { name: records }).waitFor();
    // Only the paper's five models have a tone.
    const models = await table.locator('tbody tr').count();
    expect(await table.getByText('reported only').count()).toBe(models - 5);
    const chart = await reveal(9);
    expect(await chart.locator('.xtitle, .x2title, .x3title, .x4title').count()).toBe(4);
    await picture(page, 'table2-chart');
  },
  fig7: async ({ page, reveal, consoleErrors }) => {
    await reveal(3);
    const panel = page.getByRole('region', { name: 'Blind rating' });
    await panel.getByRole('textbox').fill('Ada');
    await panel.getByRole('textbox').press('Enter');
    await panel.locator('.il-Outputs').waitFor();
    await picture(page, 'fig7-light');
    // The panel asks for votes, and the browser notes that there is no such file yet.
    const others = consoleErrors.splice(0).filter(error => !error.includes('404 (Not Found)'));
    expect(others).toEqual([]);
  },
  index: async ({ reveal }) => {
    const index = await reveal(2);
    expect(await index.getByRole('link').count()).toBe(FIGURES.length);
  },
};

for (const { name, outputs, records } of figureNotebooks()) {
  if (BY_THE_KERNEL_ALONE.includes(name)) continue;
  test(`${name} shows ${outputs.join(', ')}`, records ? WITH_RECORDS : {}, async () => {
    const { notebook, ...opened } = await runNotebook(`${name}.ipynb`);
    expect(notebookFigures(name, notebook).map(figure => figure.name)).toEqual(outputs);
    await expectDrawn(opened, notebook);
    await LOOKS[name]?.(opened);
    expect(opened.consoleErrors).toEqual([]);
  });
}

test(
  'data counts what every filter leaves, and draws how diverse the queries are',
  WITH_RECORDS,
  async () => {
    const { page, reveal, consoleErrors } = await runNotebook('data.ipynb');
    const card = await reveal(2);
    await card.getByText('953 dialogues of 6786 turns').waitFor();
    const chart = await reveal(6);
    await chart.locator('.scatterlayer .trace').nth(2).waitFor();
    await picture(page, 'diversity-light');
    await (await reveal(8)).getByText('180 of 180 prompts are kept').waitFor();
    expect(consoleErrors).toEqual([]);
  },
);

test(
  'judges draws published ratings, sums up what judges and people said, and asks a real model',
  WITH_RECORDS,
  async () => {
    const { page, reveal, consoleErrors } = await runNotebook('judges.ipynb');
    const chart = await reveal(2);
    await chart.locator('.scatterlayer .trace').nth(2).waitFor();
    await picture(page, 'judges-light');
    await (await reveal(4)).getByText('the first place wins both').waitFor();
    await (await reveal(7)).getByText('bloom-7b beside llama-7b').waitFor();
    await (await reveal(9)).getByText('65b-guanaco').first().waitFor();
    await (await reveal(15)).getByText(/2 reviews.*: \d pairs scored, \d unscored/).waitFor();
    expect(consoleErrors).toEqual([]);
  },
);
