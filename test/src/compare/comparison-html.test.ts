import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { comparisonHtml, comparisonSummary } from '../../../src/compare/index.ts';
import { parseComparison } from '../../../src/readers/index.ts';
import { promptKey } from '../../../src/text/index.ts';
import { comparisonWithHugeLine } from '../../fixtures/huge-answer.ts';

const nasty = parseComparison(
  readFileSync(new URL('../../fixtures/nasty.compare.json', import.meta.url), 'utf8'),
  'nasty.compare.json',
);
const html = comparisonHtml(nasty);

test('no text of prompts, answers, labels or notes becomes markup', () => {
  const tags = new Set([...html.matchAll(/<\/?([a-z]+)/gi)].map(([, tag]) => tag));
  expect(tags).toEqual(
    new Set(['table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td', 'small', 'em', 'mark']),
  );
  expect(html).not.toMatch(/<[^>]*\son\w+=/i);
  expect(html).toContain('Use &#60;img src=x onerror=&#34;document.title=&#39;broken&#39;&#34;&#62;');
});

test('labelled sentences are marked with their label, and the rest of the answer stays', () => {
  expect(html).toContain(
    '<mark title="incorrect" style="background:#fbcaca;color:#000">Strawberries are the best known berries.</mark> ' +
      '<mark title="ambiguous" style="background:#fdeeb0;color:#000">Bananas are herbs, some say.</mark> Overall, berries',
  );
});

test('an absent answer is marked as missing, an empty one is empty, and join failures are listed', () => {
  expect(html.match(/<em>no answer<\/em>/g)).toHaveLength(5);
  expect(html).toMatch(/<td dir="auto" [^>]*><\/td>/);
  expect(html).toContain(
    'Without all answers, 2: lost (imitator, base &#34;model&#34; &#38; co); failed (imitator).',
  );
});

test('the columns keep one width, and a role that repeats the label is left out', () => {
  const answers = {
    teacher: { text: 'Why? '.repeat(3) },
    b: { text: 'x'.repeat(300) },
  };
  const wide = comparisonHtml({
    version: 1,
    answers: [
      { id: 'teacher', label: 'teacher', role: 'teacher' },
      { id: 'b', label: 'B', role: 'other' },
    ],
    items: [{ promptId: '1', prompt: 'Why?', answers }],
  });
  expect(wide).toMatch(/^<table style="table-layout:fixed;width:100%">/);
  expect(wide.match(/overflow-wrap:anywhere/g)).toHaveLength(6);
  expect([...wide.matchAll(/<th scope="col" [^>]*>([^<]*)/g)].map(([, text]) => text)).toEqual([
    'Prompt',
    'teacher',
    'B (other)',
  ]);
});

test('a given id is shown under its prompt, one made from the text does not', () => {
  const answers = { a: { text: 'So.' } };
  const items = [
    { promptId: promptKey('Why?'), prompt: 'Why?', answers },
    { promptId: 'q2', prompt: 'How?', answers },
  ];
  const own = comparisonHtml({
    version: 1,
    title: 'Mine',
    answers: [{ id: 'a', label: 'A', role: 'other' }],
    items,
    unmatched: [{ promptId: 'q3', missing: ['a'] }],
  });
  expect([...own.matchAll(/<small>([^<]*)/g)].map(([, text]) => text)).toEqual(['', 'q2']);
  expect(own).toContain('<caption>Mine · Without all answers, 1: q3 (a).</caption>');
});

test('rows and texts beyond what fits are left out, and the table says so', () => {
  expect(comparisonHtml(nasty, 2)).toContain('2 of 7 prompts shown.');
  expect(comparisonHtml(nasty, 2).match(/<tr>/g)).toHaveLength(3);
  expect(comparisonHtml(nasty, 1)).toContain(
    'Without all answers, 2: lost (imitator, base &#34;model&#34; &#38; co); and 1 more.',
  );
  const huge = comparisonHtml(comparisonWithHugeLine());
  expect(huge).toContain('<em>… 1043576 more characters</em>');
  expect(huge.length).toBeLessThan(10_000);
});

test('in words it counts prompts, gaps and second answers', () => {
  expect(comparisonSummary(nasty)).toBe(
    'Nasty answers <b>&</b> "quotes": 3 answers to 7 prompts: Teacher <b>bold</b> (teacher), Imitator, Base & co; ' +
      '2 prompts without all answers; 1 second answer left out',
  );
});
