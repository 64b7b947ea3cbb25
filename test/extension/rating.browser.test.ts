import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { annotations } from '../../src/compare/index.ts';
import { comparisonLines } from '../../src/readers/index.ts';
import type { Comparison } from '../../src/schema.ts';
import { command, type Laboratory, openLaboratory, ROOT } from '../e2e/lab-page.ts';
import { violations } from './axe-violations.ts';

let folder = '';
let laboratory: Laboratory;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rating-'));
  laboratory = await openLaboratory(folder);
});
afterAll(async () => {
  await laboratory.close();
  await rm(folder, { recursive: true, force: true });
});

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

async function write(name: string, data: Comparison): Promise<void> {
  await writeFile(join(folder, `${name}.compare.jsonl`), comparisonLines(data));
}

/** Opens the rating panel of a file in a browser of its own, or in one that was closed. */
async function openPanel(context: BrowserContext, name: string): Promise<{ page: Page; panel: Locator }> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${laboratory.lab.origin}/lab?reset&token=${laboratory.lab.token}`);
  await page.locator('.jp-DirListing-item').first().waitFor({ timeout: 60_000 });
  await command(page, 'docmanager:open', { path: `${name}.compare.jsonl`, factory: 'Blind Rating' });
  const panel = page.getByRole('region', { name: 'Blind rating' });
  await panel.waitFor();
  return { page, panel };
}

function browser(options: { width?: number } = {}): Promise<BrowserContext> {
  return laboratory.browser.newContext({ viewport: { width: options.width ?? 1360, height: 900 } });
}

async function giveName(panel: Locator, name: string): Promise<void> {
  await panel.getByLabel('Your name or code').fill(name);
  await panel.getByRole('button', { name: 'Start' }).click();
  await panel.getByRole('heading', { name: /^Pair 1 of/ }).waitFor();
}

const heading = (panel: Locator, name: string) => panel.getByRole('heading', { name, exact: true }).waitFor();
const sidecar = (name: string) => join(folder, `${name}.annotations.jsonl`);

/** Renders as a picture for people to look at, in `build/screenshots`. */
async function picture(page: Page, name: string): Promise<void> {
  await mkdir(join(ROOT, 'build', 'screenshots'), { recursive: true });
  await page.screenshot({ path: join(ROOT, 'build', 'screenshots', `${name}.png`) });
}

test('two raters judge the same file by keyboard, one browser dies on the way, and no vote is lost', async () => {
  await write('shared', comparison(4));
  const [one, two] = await Promise.all([browser(), browser()]);
  const ada = await openPanel(one, 'shared');
  const ben = await openPanel(two, 'shared');
  await giveName(ada.panel, 'ada');
  await giveName(ben.panel, 'ben');

  // At the same time, into the same file.
  for (const [pair, key] of ['1', '2'].entries()) {
    await Promise.all([ada.page.keyboard.press(key), ben.page.keyboard.press(key)]);
    await heading(ada.panel, `Pair ${pair + 2} of 4`);
    await heading(ben.panel, `Pair ${pair + 2} of 4`);
  }
  await ada.panel.getByText('Saved', { exact: true }).waitFor();
  // The server cannot be reached, then the tab crashes: the third vote stands in this browser alone.
  await ada.page.route('**/api/contents/**', route => route.abort());
  await ada.page.keyboard.press('3');
  await ada.panel.getByText(/1 vote kept in this browser/).waitFor();
  await ada.page.goto('chrome://crash').catch(() => {});

  const again = await openPanel(one, 'shared');
  await heading(again.panel, 'Pair 4 of 4');
  await again.panel.getByText('Saved', { exact: true }).waitFor();
  await again.page.keyboard.press('0');
  await heading(again.panel, 'Nothing left to rate');
  await ben.page.keyboard.press('1');
  await heading(ben.panel, 'Pair 4 of 4');
  await ben.page.keyboard.press('2');
  await heading(ben.panel, 'Nothing left to rate');
  for (const { panel } of [again, ben]) await panel.getByText('Saved', { exact: true }).waitFor();

  const { ratings } = await annotations(sidecar('shared'));
  const choices = (name: string) =>
    ratings.filter(({ annotator }) => annotator === name).map(({ choice }) => choice);
  expect(choices('ada')).toEqual(['left', 'right', 'tie', 'bad']);
  expect(choices('ben')).toEqual(['left', 'right', 'left', 'right']);
  for (const { left, right } of ratings) {
    expect([left, right].sort()).toEqual(['imitator-id', 'teacher-id']);
  }
  await Promise.all([one.close(), two.close()]);
});

test('nothing in the page names an answer before all are rated; then nothing can be rated any more', async () => {
  await write('blind', comparison(3));
  const context = await browser();
  const { page, panel } = await openPanel(context, 'blind');
  await giveName(panel, 'ada');
  const leaks = () =>
    page.evaluate(words => words.filter(word => document.documentElement.outerHTML.includes(word)), HIDDEN);
  for (let pair = 1; pair <= 3; pair++) {
    await heading(panel, `Pair ${pair} of 3`);
    await panel
      .getByText(/^A (true|fluent)/)
      .first()
      .waitFor();
    if (pair === 1) await picture(page, 'rating-light');
    expect(await leaks()).toEqual([]);
    expect(await panel.locator('img, script').count()).toBe(0);
    expect(await panel.getByText('Both outputs are the same text.').count()).toBe(
      await panel.getByText('Question 2:').count(),
    );
    await page.keyboard.press('2');
  }
  await heading(panel, 'Nothing left to rate');
  expect(await leaks()).toEqual([]);
  await page.keyboard.press('u');
  await heading(panel, 'Pair 3 of 3');
  await page.keyboard.press('1');
  await heading(panel, 'Nothing left to rate');
  await panel.getByRole('button', { name: 'Show names and results' }).click();
  await heading(panel, 'Results');
  await panel.getByRole('rowheader', { name: 'Secret imitator' }).waitFor();
  await picture(page, 'rating-results');
  await page.keyboard.press('u');
  await page.keyboard.press('1');
  await panel.getByText('Saved', { exact: true }).waitFor();
  const lines = (await readFile(sidecar('blind'), 'utf8')).split('\n').filter(line => line !== '');
  expect(lines.map(line => JSON.parse(line).kind)).toEqual([
    ...['rating', 'rating', 'rating', 'undo', 'rating', 'reveal'],
  ]);
  expect((await annotations(sidecar('blind'))).ratings.map(({ choice }) => choice)).toEqual([
    ...['right', 'right', 'left'],
  ]);
  await page.close();
  const again = await openPanel(context, 'blind');
  await heading(again.panel, 'Results');
  await context.close();
});

test('names shown after each vote make it final, and the task’s own instructions stand beside the pair', async () => {
  const task = { reveal: 'item', instructions: 'Prefer **truth** to style.' } as const;
  await write('item', { ...comparison(2), rating: task });
  const context = await browser({ width: 700 });
  const { page, panel } = await openPanel(context, 'item');
  await giveName(panel, 'ada');
  await panel.getByText('Prefer truth to style.').waitFor();
  expect(await panel.getByText('Secret teacher').count()).toBe(0);
  await page.keyboard.press('1');
  await panel.getByText('Secret teacher').waitFor();
  await page.keyboard.press('u');
  await page.keyboard.press('2');
  await page.keyboard.press('n');
  await heading(panel, 'Pair 2 of 2');
  await expect.poll(async () => (await annotations(sidecar('item'))).ratings.length).toBe(1);
  expect(await violations(page)).toEqual([]);
  await picture(page, 'rating-narrow');
  await page.setViewportSize({ width: 1360, height: 900 });
  await command(page, 'apputils:change-theme', { theme: 'JupyterLab Dark' });
  expect(await violations(page)).toEqual([]);
  await picture(page, 'rating-dark');
  await context.close();
});
