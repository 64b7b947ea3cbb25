import { expect, test } from 'vitest';
import { dataCard, dataCardHtml } from '../../../src/data/data-card.ts';

const manifest = {
  config: { set: '<script>alert(1)</script>' },
  seed: 7,
  versions: { node: '20' },
  commit: null,
  inputs: { 'a.json': 'f00' },
  device: { platform: 'linux', cpu: 'x', cores: 2, memoryGiB: 4 },
  started: '2026-01-02T03:04:05.000Z',
  seconds: 1,
};
const set = {
  name: 'mine',
  dialogues: [
    {
      id: '1',
      turns: [
        { role: 'user' as const, content: 'one two' },
        { role: 'assistant' as const, content: 'one two three four' },
        { role: 'user' as const, content: 'one two three four' },
        { role: 'assistant' as const, content: 'one' },
      ],
    },
  ],
  counts: [{ step: 'read <all>', before: 3, after: 1 }],
};

test('a card says how much there is, in words, and how it came about', () => {
  expect(dataCard(set, manifest)).toEqual({
    name: 'mine',
    dialogues: 1,
    turns: 4,
    queries: { n: 2, total: 6, median: 3, ninth: 3.8 },
    answers: { n: 2, total: 5, median: 2.5, ninth: 3.7 },
    counts: set.counts,
    manifest,
  });
  expect(dataCard({ ...set, dialogues: [] }, manifest).queries).toEqual({
    n: 0,
    total: 0,
    median: null,
    ninth: null,
  });
});

test('names files without their folders, twenty of them where it is shown', () => {
  const inputs = Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`/home/me/${at}.json`, `f${at}`]));
  const card = dataCard(set, { ...manifest, inputs });
  expect(Object.keys(card.manifest.inputs)).toHaveLength(25);
  expect(card.manifest.inputs['24.json']).toBe('f24');
  const html = dataCardHtml(card);
  expect(html).toContain('25 files were read');
  expect(html).toContain('<td>19.json</td><td>f19</td>');
  expect(html).not.toContain('20.json');
  expect(html).toContain('and 5 more, in the card’s data');
  expect(html).not.toContain('/home');
});

test('its page shows everything as text', () => {
  const categories = [{ category: 'Chat', count: 1, n: 1, value: 1, low: 0.2065, high: 1 }];
  const html = dataCardHtml(dataCard(set, manifest, { categories }));
  expect(html).toContain('1 dialogues of 4 turns, made on 2026-01-02T03:04:05.000Z with seed 7.');
  expect(html).toContain('<td>read &#60;all&#62;</td><td>3</td><td>1</td><td>2</td>');
  expect(html).toContain('<td>Chat</td><td>1</td><td>1</td><td>100.0</td><td>20.6 to 100.0</td>');
  expect(html).toContain('<td>a.json</td><td>f00</td>');
  expect(html).not.toContain('<script');
});
