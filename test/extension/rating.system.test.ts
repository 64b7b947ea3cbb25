import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadAnnotations, saveComparison } from '../../src/compare/index.ts';
import { figure3 } from '../../src/figure/index.ts';
import { COMPARISON_MIME, type Comparison } from '../../src/schema.ts';
import { humanPreference, openStudy, ratingPairs, type Study } from '../../src/study/index.ts';
import { command, type Laboratory, openLaboratory, ROOT, wearTheme } from '../e2e/lab-page.ts';
import { PATIENCE_MS } from '../fixtures/patience.ts';
import { violations } from './axe-violations.ts';
import { notebookOf } from './output-page.ts';

let folder = '';
let laboratory: Laboratory;
let study: Study;
/** A browser each, as of three people. */
let ada: BrowserContext;
let ben: BrowserContext;
let cy: BrowserContext;
/** The page that Ben leaves open from test to test: to load one takes far longer than to open a file in it. */
let shared: Page;
/** Cy's page, opened by a link that names a file and a prompt in it. */
let linked: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rating-'));
  study = await openStudy(undefined, { say: () => {} });
  await saveComparison(join(folder, 'study.compare.jsonl'), ratingPairs(study, { count: PAIRS }));
  laboratory = await openLaboratory(folder);
  [ada, ben, cy] = await Promise.all([browser(), browser(), browser()]);
  await write('linked', comparison(4));
  [shared, linked] = await Promise.all([load(ben), load(cy, 'linked.compare.jsonl#prompt=p2')]);
});
afterAll(async () => {
  await laboratory.close();
  await rm(folder, { recursive: true, force: true });
});

const PAIRS = 4;

/** Names, ids and measures that no rater may see. */
const HIDDEN = ['Secret teacher', 'Secret imitator', 'teacher-id', 'imitator-id', 'secret title', 'fluency'];

/** Pairs of answers, the last of them the same text twice. */
function comparison(pairs: number): Comparison {
  const long = '\n\nIt goes on, line by line, for as long as anyone would read.'.repeat(30);
  return {
    version: 1,
    title: 'A secret title',
    metrics: [{ name: 'fluency', unit: '', better: 'higher' }],
    answers: [
      { id: 'teacher-id', label: 'Secret teacher', role: 'teacher' },
      { id: 'imitator-id', label: 'Secret imitator', role: 'imitation' },
    ],
    items: Array.from({ length: pairs }, (_, i) => ({
      promptId: `p${i}`,
      prompt: `Question ${i}: how does **actor critic** work?`,
      category: 'explain',
      tags: ['Secret teacher wins'],
      answers: {
        'teacher-id': { text: `A **true** answer ${i}.${long}`, metrics: { fluency: 0.9 } },
        'imitator-id': {
          text:
            i === pairs - 1
              ? `A **true** answer ${i}.${long}`
              : `A fluent answer ${i}. <img src=x onerror=alert(1)>`,
        },
      },
    })),
  };
}

function write(name: string, data: Comparison): Promise<void> {
  return saveComparison(join(folder, `${name}.compare.jsonl`), data);
}

function browser(): Promise<BrowserContext> {
  return laboratory.browser.newContext({ viewport: { width: 1360, height: 900 } });
}

/** Loads JupyterLab. @param path of a file to open, and what of it, as in an address; by default the launcher is shown. */
async function load(context: BrowserContext, path = ''): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const [file, fragment = ''] = path.split('#');
  const { origin, token } = laboratory.lab;
  const address = `${origin}/lab${file === '' ? '' : `/tree/${file}`}?reset&token=${token}#${fragment}`;
  await page.goto(address, { waitUntil: 'commit' });
  // What JupyterLab brings to the front when it has started.
  const started = page.locator(file === '' ? '.jp-Launcher' : '.il-mod-document');
  await started.waitFor();
  return page;
}

/** Opens the rating panel of a file in place of what the page shows. */
async function openPanel(page: Page, name: string): Promise<Locator> {
  await page.evaluate(() => window.jupyterapp.shell.currentWidget?.dispose());
  await command(page, 'docmanager:open', { path: `${name}.compare.jsonl`, factory: 'Blind Rating' });
  return panelOf(page);
}

async function panelOf(page: Page): Promise<Locator> {
  const panel = page.getByRole('region', { name: 'Blind rating' });
  await panel.waitFor();
  return panel;
}

async function giveName(panel: Locator, name: string): Promise<void> {
  await panel.getByLabel('Your name or code').fill(name);
  await panel.getByRole('button', { name: 'Start' }).click();
  await heading(panel, /^Pair 1 of/);
}

/** Waits until the panel is at a step and has the focus there: keys pressed before would go elsewhere. */
async function heading(panel: Locator, name: string | RegExp): Promise<void> {
  const focused = panel.page().locator(':focus');
  await panel.getByRole('heading', { name, exact: true }).and(focused).waitFor();
}

const saved = (panel: Locator) => panel.getByText('Saved', { exact: true }).waitFor();
const sidecar = (name: string) => join(folder, `${name}.annotations.jsonl`);

/** Renders as a picture for people to look at, in `build/screenshots`. */
async function picture(page: Page, name: string): Promise<void> {
  await mkdir(join(ROOT, 'build', 'screenshots'), { recursive: true });
  await page.screenshot({ path: join(ROOT, 'build', 'screenshots', `${name}.png`) });
}

test('a link to a comparison shows the prompt that it names', async () => {
  await linked.getByRole('region', { name: 'A secret title' }).getByText('3 of 4', { exact: true }).waitFor();
});

test('three raters judge a study’s pairs, one browser dies on the way, and Figure 3 shows the majority', async () => {
  const page = { ada: await load(ada), cy: linked };
  const panel = { ada: await openPanel(page.ada, 'study'), cy: await openPanel(page.cy, 'study') };
  // Ben comes by the launcher, where the folder's comparisons are listed.
  await shared.getByRole('button', { name: 'Rate Answers Blind' }).click();
  await shared.locator('.jp-Dialog select').selectOption('study.compare.jsonl');
  await shared.getByRole('button', { name: 'Rate', exact: true }).click();
  const bens = await panelOf(shared);
  await Promise.all([giveName(panel.ada, 'ada'), giveName(bens, 'ben'), giveName(panel.cy, 'cy')]);
  await picture(page.ada, 'rating-light');

  // At the same time, into the same file.
  for (const [pair, key] of ['1', '2'].entries()) {
    await Promise.all([
      page.ada.keyboard.press('3'),
      shared.keyboard.press('3'),
      page.cy.keyboard.press(key),
    ]);
    for (const one of [panel.ada, bens, panel.cy]) await heading(one, `Pair ${pair + 2} of ${PAIRS}`);
  }
  await saved(panel.ada);
  // The server cannot be reached, then the tab crashes: the third vote is in this browser alone.
  await page.ada.route('**/api/contents/**', route => route.abort());
  await page.ada.keyboard.press('3');
  await panel.ada.getByText(/1 vote kept in this browser/).waitFor();
  const crashed = page.ada.waitForEvent('crash');
  page.ada.goto('chrome://crash').catch(() => {});
  await crashed;

  const again = await openPanel(await load(ada), 'study');
  await heading(again, 'Pair 4 of 4');
  await saved(again);
  await again.page().keyboard.press('0');
  await heading(again, 'Nothing left to rate');
  for (const [one, keys] of [
    [bens, '33'],
    [panel.cy, '12'],
  ] as const) {
    await one.page().keyboard.press(keys.charAt(0));
    await heading(one, 'Pair 4 of 4');
    await one.page().keyboard.press(keys.charAt(1));
    await heading(one, 'Nothing left to rate');
  }
  for (const one of [again, bens, panel.cy]) await saved(one);

  const { ratings } = await loadAnnotations(sidecar('study'));
  const choices = (name: string) =>
    ratings.filter(({ annotator }) => annotator === name).map(({ choice }) => choice);
  expect(choices('ada')).toEqual(['tie', 'tie', 'tie', 'bad']);
  expect(choices('ben')).toEqual(['tie', 'tie', 'tie', 'tie']);
  expect(choices('cy')).toEqual(['left', 'right', 'left', 'right']);
  expect(ratings.map(({ left, right }) => [left, right].includes('teacher'))).not.toContain(false);
  // On three pairs two of three see no difference, on one all three differ.
  const human = humanPreference(ratings, study);
  expect(human).toMatchObject({ raters: 3, ratings: 12, pairs: PAIRS, disagreements: 1, foreign: 0 });
  expect(human.rows.map(({ value }) => value)).toEqual(human.rows.map(() => 1));
  expect(human.rows.reduce((sum, { n }) => sum + n, 0)).toBe(PAIRS);
  const drawn = figure3(study.rows, { human }).rows.filter(({ evidence }) => evidence === 'human');
  expect(new Set(drawn.map(({ value }) => value))).toEqual(new Set([100]));
  await Promise.all([ada.close(), cy.close()]);
});

test('nothing in the page names an answer before all are rated; then nothing can be rated any more', async () => {
  await write('blind', comparison(3));
  const panel = await openPanel(shared, 'blind');
  const leaks = () =>
    shared.evaluate(words => words.filter(word => document.documentElement.outerHTML.includes(word)), HIDDEN);
  for (let pair = 1; pair <= 3; pair++) {
    await heading(panel, `Pair ${pair} of 3`);
    await panel
      .getByText(/^A (true|fluent)/)
      .first()
      .waitFor();
    expect(await leaks()).toEqual([]);
    expect(await panel.locator('img, script').count()).toBe(0);
    expect(await panel.getByText('Both outputs are the same text.').count()).toBe(
      await panel.getByText('Question 2:').count(),
    );
    await shared.keyboard.press('2');
  }
  await heading(panel, 'Nothing left to rate');
  expect(await leaks()).toEqual([]);
  await shared.keyboard.press('u');
  await heading(panel, 'Pair 3 of 3');
  await shared.keyboard.press('1');
  await heading(panel, 'Nothing left to rate');
  await panel.getByRole('button', { name: 'Show names and results' }).click();
  await heading(panel, 'Results');
  await panel.getByRole('rowheader', { name: 'Secret imitator' }).waitFor();
  await picture(shared, 'rating-results');
  await shared.keyboard.press('u');
  await shared.keyboard.press('1');
  await saved(panel);
  const lines = (await readFile(sidecar('blind'), 'utf8')).split('\n').filter(line => line !== '');
  expect(lines.map(line => JSON.parse(line).kind)).toEqual([
    ...['rating', 'rating', 'rating', 'undo', 'rating', 'reveal'],
  ]);
  expect((await loadAnnotations(sidecar('blind'))).ratings.map(({ choice }) => choice)).toEqual([
    ...['right', 'right', 'left'],
  ]);
  await heading(await openPanel(shared, 'blind'), 'Results');
});

test('a cell’s output rates as a file does: votes are saved beside the notebook, and no key reaches it', async () => {
  const output = { [COMPARISON_MIME]: { ...comparison(2), rating: {} } };
  await writeFile(join(folder, 'cell.ipynb'), JSON.stringify(notebookOf([output])));
  await shared.evaluate(() => window.jupyterapp.shell.currentWidget?.dispose());
  await command(shared, 'docmanager:open', { path: 'cell.ipynb' });
  const panel = await panelOf(shared);
  await panel.getByRole('heading', { name: 'Pair 1 of 2' }).click();
  for (const key of ['b', 'd', 'd', '1']) await shared.keyboard.press(key);
  await heading(panel, 'Pair 2 of 2');
  await saved(panel);
  expect(await shared.locator('.jp-Notebook .jp-Cell').count()).toBe(1);
  expect((await loadAnnotations(sidecar('cell'))).ratings).toMatchObject([
    { annotator: 'ben', choice: 'left' },
  ]);
});

test('names shown after each vote make it final, and the task’s own instructions are beside the pair', async () => {
  const task = { reveal: 'item', instructions: 'Prefer **truth** to style.' } as const;
  await write('item', { ...comparison(2), rating: task });
  await shared.setViewportSize({ width: 700, height: 900 });
  const panel = await openPanel(shared, 'item');
  await panel.getByText('Prefer truth to style.').waitFor();
  await heading(panel, 'Pair 1 of 2');
  expect(await panel.getByText('Secret teacher').count()).toBe(0);
  await shared.keyboard.press('1');
  await panel.getByText('Secret teacher').waitFor();
  await shared.keyboard.press('u');
  await shared.keyboard.press('2');
  await shared.keyboard.press('n');
  await heading(panel, 'Pair 2 of 2');
  await saved(panel);
  expect((await loadAnnotations(sidecar('item'))).ratings).toHaveLength(1);
  expect(await violations(shared)).toEqual([]);
  await picture(shared, 'rating-narrow');
  await shared.setViewportSize({ width: 1360, height: 900 });
  await wearTheme(shared, 'JupyterLab Dark');
  expect(await violations(shared)).toEqual([]);
  await picture(shared, 'rating-dark');
});
