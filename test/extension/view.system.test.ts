import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMPARISON_MIME, type Comparison, PLOTLY_MIME } from '../../src/schema.ts';
import { wearTheme } from '../e2e/lab-page.ts';
import { comparisonWithHugeLine } from '../fixtures/huge-answer.ts';
import nasty from '../fixtures/nasty.compare.json' with { type: 'json' };
import { PATIENCE_MS } from '../fixtures/patience.ts';
import { violations } from './axe-violations.ts';
import { type OutputLaboratory, type OutputPage, openOutputLaboratory } from './output-page.ts';
import { timeTenThousand } from './ten-thousand.ts';

let laboratory: OutputLaboratory;
beforeAll(async () => {
  laboratory = await openOutputLaboratory();
});
afterAll(() => laboratory.close());

/** The fixture's comparison, open in a notebook, and what the tests touch in it. */
async function openNasty(options: { dark?: boolean; width?: number } = {}) {
  const opened = await laboratory.open([{ [COMPARISON_MIME]: nasty, 'text/plain': 'plain' }], options);
  const view = opened.page.getByRole('region', { name: nasty.title });
  await rendered(view);
  return { ...opened, view, answers: view.getByRole('article') };
}

/** The rows of the prompt list. */
function rows(view: Locator): Locator {
  return view.getByRole('listbox').getByRole('option');
}

/** Shows one of the fixture's prompts. */
async function show(view: Locator, prompt: string): Promise<void> {
  await rows(view).filter({ hasText: prompt }).click();
  await rendered(view);
}

/** Waits until every answer is shown as rendered Markdown: before, its raw text is. */
async function rendered(view: Locator): Promise<void> {
  await view.getByRole('article').first().waitFor();
  await view.locator('.il-mod-pending').first().waitFor({ state: 'detached' });
}

describe('the comparison in a cell', () => {
  test('shows title, counts, prompt and every answer under its model’s name', async () => {
    const { view, answers, consoleErrors } = await openNasty();
    await view.getByRole('heading', { name: nasty.title }).waitFor();
    expect(await view.locator('header').first().textContent()).toContain('7 prompts');
    expect(await view.locator('.il-Place').textContent()).toBe('1 of 7');
    expect(await answers.getByRole('heading').allTextContents()).toEqual([
      'Teacher <b>bold</b>',
      'Imitator',
      'Base & co',
    ]);
    expect(await answers.first().textContent()).toContain('Bananas are berries, and strawberries are not.');
    expect(await answers.nth(1).textContent()).toContain('latency not scored');
    expect(consoleErrors).toEqual([]);
  });

  test('lists what could not be joined, with the reason', async () => {
    const { view } = await openNasty();
    await view.getByText('2 unmatched').click();
    await view.getByText('no answer of Imitator: timeout after 30 s <script>').waitFor();
    await view.getByText('1 duplicate').click();
    await view.getByText('another answer of Imitator').waitFor();
  });

  test('draws sentence labels on the very sentences, in Markdown and in text, each kind by a switch', async () => {
    const { view } = await openNasty();
    const incorrect = view.locator('article .il-mark-incorrect');
    const text = async (marks: Locator) => (await marks.allTextContents()).join('');
    for (const reading of ['Markdown', 'Text']) {
      await view.getByRole('button', { name: reading, exact: true }).click();
      await view.locator('article .il-mark-correct').first().waitFor();
      expect(await text(view.locator('article .il-mark-correct'))).toBe(
        'Bananas are berries, and strawberries are not.',
      );
      expect(await text(view.locator('article .il-mark-ambiguous'))).toBe('Bananas are herbs, some say.');
      expect(await text(incorrect)).toBe('Strawberries are the best known berries.');
      expect(await incorrect.first().getAttribute('title')).toBe('incorrect, labelled by ada');
    }
    const off = view.getByRole('button', { name: /^Incorrect/ });
    expect(await off.getAttribute('aria-pressed')).toBe('true');
    await off.click();
    expect(await off.getAttribute('aria-pressed')).toBe('false');
    expect(await incorrect.count()).toBe(0);
    expect(await view.locator('article .il-mark-correct').count()).toBeGreaterThan(0);
  });

  test('overlapping words, differences and structure follow their switches and the compared answer', async () => {
    const { page, view } = await openNasty();
    await show(view, 'Explain sorting, with a table and code.');
    for (const [name, kind] of [
      ['Unigram overlap', 'shared'],
      ['Differences', 'diff'],
      ['Structure', 'structure'],
    ] as const) {
      const marks = view.locator(`article .il-mark-${kind}`);
      expect(await marks.count(), kind).toBe(0);
      await view.getByRole('button', { name: new RegExp(`^${name}`) }).click();
      await marks.first().waitFor();
      await view.getByRole('button', { name: new RegExp(`^${name}`) }).click();
      expect(await marks.count(), kind).toBe(0);
    }
    await show(view, 'Are bananas berries?');
    await view.getByRole('button', { name: /^Unigram overlap/ }).click();
    await view.getByRole('button', { name: 'Compare', exact: true }).click();
    const shared = view.getByRole('article', { name: /Teacher/ }).locator('.il-mark-shared');
    await expect.poll(() => shared.allTextContents()).toEqual(['are berries', 'are']);
    await view.getByText('Style of Base & co', { exact: true }).waitFor();
    // The compared answer is beside the teacher's, and keeps the focus.
    expect(await view.locator('article h3').allTextContents()).toEqual([
      'Teacher <b>bold</b>',
      'Base & co',
      'Imitator',
    ]);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Compared');
  });

  test('marks tables, lists, code and emphasis of rendered Markdown', async () => {
    const { view, answers } = await openNasty();
    await show(view, 'Explain sorting, with a table and code.');
    await answers.first().locator('table').waitFor();
    await view.getByRole('searchbox').fill('sort');
    await expect
      .poll(() => answers.first().locator('.il-mark-search').allTextContents())
      .toEqual(['Sort', 'sort', 'sort', 'sort']);
    expect(await answers.first().locator('em .il-mark-search').textContent()).toBe('sort');
    expect(await answers.first().locator('pre').textContent()).toContain('# <b>not bold</b>');
    await view.getByRole('button', { name: /^Structure/ }).click();
    await expect
      .poll(async () => (await answers.first().locator('li .il-mark-structure').allTextContents()).join('|'))
      .toBe('Split the list.|Merge the halves.');
  });

  test('typesets formulas and leaves prices alone', async () => {
    const { page } = await laboratory.open([
      { [COMPARISON_MIME]: pairOf('$x^2$ costs $5 or $10.', 'Free.') },
    ]);
    const answer = page.getByRole('article').first().locator('.il-Markdown');
    await answer.locator('mjx-container').waitFor();
    expect(await answer.textContent()).toContain(' costs $5 or $10.');
    expect(await answer.locator('mjx-container').count()).toBe(1);
  });

  test('searches prompts and answers, filters by category, and says how many are left', async () => {
    const { view } = await openNasty();
    const search = view.getByRole('searchbox');
    await search.fill('BERRIES');
    expect(await view.locator('.il-Found').textContent()).toBe('1 of 7');
    expect(await rows(view).count()).toBe(1);
    await search.fill('');
    await view.getByRole('combobox', { name: 'Category' }).selectOption({ label: 'language (2)' });
    expect(await rows(view).count()).toBe(2);
    await search.fill('nothing holds this');
    await view.getByText('No prompt or answer matches.').waitFor();
    await search.press('Escape');
    expect(await search.inputValue()).toBe('');
    expect(await view.locator('.il-Place').textContent()).toBe('1 of 2');
  });

  test('is read by keyboard, and no key reaches the notebook', async () => {
    const { page, view } = await openNasty();
    const cells = page.locator('.jp-Notebook .jp-Cell');
    const place = view.locator('.il-Place');
    await view.getByRole('button', { name: /^Structure/ }).focus();
    for (const key of ['b', 'a', 'x', 'd', 'd', 'm', 'y', 'ArrowDown', 'ArrowUp'])
      await page.keyboard.press(key);
    expect(await cells.count()).toBe(1);
    expect(await page.locator('.jp-CodeCell').count()).toBe(1);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('n');
    expect(await place.textContent()).toBe('3 of 7');
    await page.keyboard.press('p');
    expect(await place.textContent()).toBe('2 of 7');
    await page.keyboard.press('/');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
    await page.keyboard.type('bad');
    expect(await cells.count()).toBe(1);
    await page.keyboard.press('Escape');
    await view.getByRole('listbox').focus();
    await page.keyboard.press('End');
    expect(await place.textContent()).toBe('7 of 7');
    await page.keyboard.press('Home');
    expect(await place.textContent()).toBe('1 of 7');
  });

  test('shows an answer’s HTML as text: nothing runs, nothing is fetched', async () => {
    const { page, view, answers, consoleErrors, foreignRequests, dialogs } = await openNasty();
    await show(view, 'How does');
    for (const reading of ['Markdown', 'Text']) {
      await view.getByRole('button', { name: reading, exact: true }).click();
      await answers.nth(1).getByText('<iframe src="javascript:alert(1)">').waitFor();
      expect(await answers.nth(1).textContent()).toContain(
        `Use <img src=x onerror="document.title='broken'"> and <script>document.title = "broken"</script>`,
      );
    }
    expect(await answers.locator('img, script, iframe, a[href^="javascript"]').count()).toBe(0);
    expect(await page.title()).not.toBe('broken');
    expect(dialogs).toEqual([]);
    expect(foreignRequests).toEqual([]);
    expect(consoleErrors).toEqual([]);
  });

  test('an image in an answer is a link, not a request', async () => {
    const { page, foreignRequests } = await laboratory.open([
      { [COMPARISON_MIME]: pairOf('Soon.', 'Later.') },
    ]);
    await page.getByRole('article').getByText('Soon.').waitFor();
    await setOutput(page, {
      [COMPARISON_MIME]: pairOf(
        '![pixel](http://127.0.0.1:9/a.png) <img src="http://127.0.0.1:9/b.png">',
        'No.',
      ),
    });
    const link = page.getByRole('article').getByRole('link', { name: 'pixel' });
    expect(await link.getAttribute('href')).toBe('http://127.0.0.1:9/a.png');
    expect(foreignRequests).toEqual([]);
    await page.evaluate(() => new Image().setAttribute('src', 'http://127.0.0.1:9/c.png'));
    await expect.poll(() => foreignRequests).toEqual(['http://127.0.0.1:9/c.png']);
  });

  test('empty, right-to-left and emoji answers are shown', async () => {
    const { view, answers } = await openNasty();
    await show(view, 'Say nothing.');
    await answers.nth(1).getByText('(empty answer)').waitFor();
    await answers.nth(2).getByText('(no answer)').waitFor();
    await show(view, 'בירת');
    const mark = answers.first().locator('.il-mark-correct').first();
    await mark.waitFor();
    expect((await answers.first().locator('.il-mark-correct').allTextContents()).join('')).toBe(
      'عاصمة مصر هي القاهرة.',
    );
    expect(await mark.evaluate(node => getComputedStyle(node).direction)).toBe('rtl');
    await show(view, 'Show me emoji');
    await answers.first().getByText('👨‍👩‍👧‍👦').first().waitFor();
    expect((await answers.first().locator('.il-mark-ambiguous').allTextContents()).join('')).toBe(
      '𝒳 outside the BMP.',
    );
  });

  test('a line of a megabyte is shown from its beginning, and whole on demand', async () => {
    const { page, consoleErrors } = await laboratory.open([{ [COMPARISON_MIME]: comparisonWithHugeLine() }]);
    const answer = page.getByRole('article').nth(1);
    await answer.getByText('The first 50,000 of 1,048,576 characters.').waitFor();
    await answer.getByRole('button', { name: 'Show all' }).click();
    await expect
      .poll(() => answer.locator('.il-RawText').evaluate(node => node.textContent?.length))
      .toBe(2 ** 20);
    expect(consoleErrors).toEqual([]);
  });

  test('axe finds nothing to object to, in light and dark, wide and narrow', async () => {
    for (const options of [{}, { dark: true }, { width: 640 }]) {
      const { page, view } = await openNasty(options);
      for (const name of [/^Unigram overlap/, /^Differences/, /^Structure/]) {
        await view.getByRole('button', { name }).click();
      }
      await view.getByRole('searchbox').fill('are');
      await view.locator('article .il-mark-search').first().waitFor();
      expect(await violations(page), JSON.stringify(options)).toEqual([]);
    }
  });

  test('says what is wrong with data that is no comparison', async () => {
    const { page, consoleErrors } = await laboratory.open([
      { [COMPARISON_MIME]: { version: 1, answers: [] } },
    ]);
    await page.getByRole('alert').getByText('Cannot show this comparison: ').waitFor();
    expect(consoleErrors).toEqual([]);
  });

  test('new data in the same output keeps the reader’s place', async () => {
    const { page, view } = await openNasty();
    await show(view, 'Say nothing.');
    await view.getByRole('button', { name: /^Differences/ }).click();
    await setOutput(page, { [COMPARISON_MIME]: { ...nasty, title: 'Again' } });
    const again = page.getByRole('region', { name: 'Again' });
    await again.waitFor();
    expect(await again.locator('.il-Place').textContent()).toBe('3 of 7');
    expect(await again.getByRole('button', { name: /^Differences/ }).getAttribute('aria-pressed')).toBe(
      'true',
    );
    expect(await page.getByRole('region', { name: nasty.title }).count()).toBe(0);
  });

  test('of ten thousand prompts only those in sight are rendered, and all are searched', async () => {
    const { page, consoleErrors } = await laboratory.open([{ 'text/plain': 'waiting' }]);
    await page.getByText('waiting').waitFor();
    await page.evaluate(timeTenThousand, COMPARISON_MIME);
    await page.getByText('n = 111', { exact: true }).waitFor();
    expect(await page.locator('.il-Row').count()).toBeLessThan(50);
    expect(consoleErrors).toEqual([]);
  });
});

describe('a Plotly figure in a cell', () => {
  const figure = (y: number[]) => ({
    data: [{ type: 'bar', name: 'share', x: ['list', 'summary'], y }],
    layout: { title: { text: 'Style' }, yaxis: { title: { text: 'share' } } },
  });

  test('is drawn, wears the theme, and fits the cell when the window changes', async () => {
    const { page, consoleErrors } = await laboratory.open([{ [PLOTLY_MIME]: figure([0.8, 0.5]) }]);
    await page.locator('.il-Plotly .bars .point').nth(1).waitFor();
    const colour = () =>
      page.locator('.il-Plotly .gtitle').evaluate(title => getComputedStyle(title).fill.replaceAll(' ', ''));
    const light = await colour();
    await wearTheme(page, 'JupyterLab Dark');
    await expect.poll(colour).not.toBe(light);
    await page.setViewportSize({ width: 800, height: 900 });
    await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);
    expect(consoleErrors).toEqual([]);
  });

  test('is updated in place, and survives a figure that cannot be drawn', async () => {
    const { page } = await laboratory.open([{ [PLOTLY_MIME]: figure([0.8, 0.5]) }]);
    const bars = page.locator('.il-Plotly .bars .point');
    await bars.nth(1).waitFor();
    await page.locator('.js-plotly-plot').evaluate(plot => plot.setAttribute('data-same', 'yes'));
    await setOutput(page, { [PLOTLY_MIME]: { ...figure([]), data: [{ type: 'bar', y: [1, 2, 3] }] } });
    await bars.nth(2).waitFor();
    expect(await page.locator('.js-plotly-plot[data-same]').count()).toBe(1);
    await setOutput(page, { [PLOTLY_MIME]: { data: 'none' } });
    await page.getByRole('alert').getByText('data must be an array of traces, it is "none"').waitFor();
    await setOutput(page, { [PLOTLY_MIME]: figure([0.1, 0.2]) });
    await bars.nth(1).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

test('a figure of the reader’s own run keeps an image beside it; another’s notebook stays as it is', async () => {
  const figure = (y: number[]) => ({ [PLOTLY_MIME]: { data: [{ type: 'bar', y }], layout: { width: 400 } } });
  const { page, consoleErrors } = await laboratory.open([figure([1, 2]), figure([1, 2])]);
  const bars = (cell: number) => page.locator('.il-Plotly').nth(cell).locator('.bars .point');
  await bars(0).nth(1).waitFor();
  const drawnByOwnRun = async (cell: number) => {
    await trust(page, cell);
    await setOutput(page, figure([1, 2, 3]), cell);
    await bars(cell).nth(2).waitFor();
    await expect
      .poll(async () => (await outputData(page, cell))['image/png'], { timeout: PATIENCE_MS })
      .toMatch(/^iVBORw0KGgo/);
  };

  await drawnByOwnRun(1);
  // What was drawn before has had its time.
  expect(Object.keys(await outputData(page, 0))).toEqual([PLOTLY_MIME]);
  const kept = await outputData(page, 1);
  expect(kept[PLOTLY_MIME]).toEqual(figure([1, 2, 3])[PLOTLY_MIME]);
  await drawnByOwnRun(0);
  expect(await outputData(page, 1)).toEqual(kept);
  expect(await bars(1).count()).toBe(3);
  expect(consoleErrors).toEqual([]);
});

test('outputs that a windowed notebook took out of the page are whole when they come back', async () => {
  const fillers = Array.from({ length: 40 }, (_, i) => ({ 'text/plain': `line\n`.repeat(40) + i }));
  const { page, consoleErrors } = await laboratory.openWindowed([
    { [COMPARISON_MIME]: nasty },
    { [PLOTLY_MIME]: { data: [{ type: 'bar', y: [1, 2] }], layout: {} } },
    ...fillers,
  ]);
  const view = page.getByRole('region', { name: nasty.title });
  await show(view, 'Say nothing.');
  // The active cell always stays in the page.
  await page.evaluate(() => {
    const { content } = (window.jupyterapp as unknown as NotebookApp).shell.currentWidget;
    content.activeCellIndex = content.model.cells.length - 1;
  });
  const scroller = page.locator('.jp-WindowedPanel-outer');
  await scroller.evaluate(node => node.scrollTo(0, node.scrollHeight));
  await expect.poll(() => view.count()).toBe(0);
  await scroller.evaluate(node => node.scrollTo(0, 0));
  await view.getByText('(empty answer)').waitFor();
  expect(await view.locator('.il-Place').textContent()).toBe('3 of 7');
  expect(await rows(view).count()).toBe(7);
  await page.locator('.il-Plotly .bars .point').nth(1).waitFor();
  expect(consoleErrors).toEqual([]);
});

function pairOf(teacher: string, imitator: string): Comparison {
  return {
    version: 1,
    answers: [
      { id: 't', label: 'Teacher', role: 'teacher' },
      { id: 'i', label: 'Imitator', role: 'imitation' },
    ],
    items: [{ promptId: 'p', prompt: 'P', answers: { t: { text: teacher }, i: { text: imitator } } }],
  };
}

/** How far, in pixels, the figure is wider than its output. */
function overflow(page: OutputPage['page']): Promise<number> {
  return page
    .locator('.il-Plotly')
    .evaluate(node => (node.querySelector('.main-svg')?.clientWidth ?? Infinity) - node.clientWidth);
}

/** What the tests use of JupyterLab's model of an output. */
interface OutputModel {
  data: Record<string, unknown>;
  setData(options: { data: unknown }): void;
}
interface Outputs {
  get(index: number): OutputModel;
  clear(): void;
  add(output: { output_type: 'display_data'; metadata: object; data: unknown }): void;
}
interface NotebookApp {
  shell: { currentWidget: { content: NotebookContent } };
}
interface NotebookContent {
  activeCellIndex: number;
  model: { cells: { length: number; get(index: number): { outputs: Outputs; trusted: boolean } } };
}

/** Replaces the data of a cell's output, as `update_display_data` does. */
async function setOutput(page: Page, data: unknown, cell = 0): Promise<void> {
  await page.evaluate(
    ([index, bundle]) => {
      const app = window.jupyterapp as unknown as NotebookApp;
      app.shell.currentWidget.content.model.cells.get(index).outputs.get(0).setData({ data: bundle });
    },
    [cell, data] as const,
  );
}

/** The data of a cell's output, by MIME type. */
function outputData(page: Page, cell = 0): Promise<Record<string, unknown>> {
  return page.evaluate(index => {
    const app = window.jupyterapp as unknown as NotebookApp;
    return app.shell.currentWidget.content.model.cells.get(index).outputs.get(0).data;
  }, cell);
}

/** Takes a cell for one that the reader ran. */
async function trust(page: Page, cell: number): Promise<void> {
  await page.evaluate(index => {
    const app = window.jupyterapp as unknown as NotebookApp;
    app.shell.currentWidget.content.model.cells.get(index).trusted = true;
  }, cell);
}
