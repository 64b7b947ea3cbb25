import { describe, expect, it } from 'vitest';
import { answerStructure, hasList, hasSummary } from '../../../src/text/index.ts';

describe('hasList', () => {
  it.each([
    '- one\n- two',
    '* one\n\n* two',
    '•\tone\n– two',
    '+ one\r\n+ two',
    '1. one\n2. two',
    'Do:\n1) one\n   (2) two',
    'a. one\nB) two',
    '100. one\n   a) nested',
  ])('finds two items in %j', text => {
    expect(hasList(text)).toBe(true);
  });

  it.each([
    '',
    'Just prose. And more.',
    '- only one item\nand prose',
    '-one\n-two',
    '1.one\n2.two',
    '1990. A year\n1991. The next',
    'ab. one\ncd. two',
    '- \n-\n1.',
    '**1. bold**\n**2. bold**',
  ])('finds no two items in %j', text => {
    expect(hasList(text)).toBe(false);
  });
});

describe('hasSummary', () => {
  it.each([
    'Tea is old.\n\nOverall, tea is good.',
    'Tea is old.\nIn summary, it is good.',
    'Tea.\r\n\r\n**In conclusion**: good.\r\n',
    'A\n \t\nB\n\n  "TO SUMMARIZE the above\nit is good.',
    'A\n\nTo sum up it is.',
    'A\n\nIn short: yes.',
    'A\n\nUltimately, yes.',
    'A\n\nIn essence, yes.',
    'A\n\nAll in all, yes.',
    'A\n\nIn general, yes.',
  ])('finds one in %j', text => {
    expect(hasSummary(text)).toBe(true);
  });

  it.each([
    ['a text of one block', 'Overall, tea is good.'],
    ['an empty text', ''],
    ['a word that only begins alike', 'A\n\nOveralls are blue.'],
    ['a phrase inside the paragraph', 'A\n\nTea is, overall, good.'],
    ['a phrase before the last paragraph', 'Overall, good.\n\nGood luck!'],
    ['a last line inside the last of several paragraphs', 'A\n\nB\nOverall, good.'],
    ['a list item', '- A\n\n- Overall, good.'],
    ['a numbered item', 'A\n\n3. Overall, good.'],
  ])('finds none in %s', (_, text) => {
    expect(hasSummary(text)).toBe(false);
  });
});

describe('answerStructure', () => {
  const slices = (text: string) => {
    const { listLines, opening, summary } = answerStructure(text);
    const slice = (span: { start: number; end: number } | null) => span && text.slice(span.start, span.end);
    return { listLines: listLines.map(slice), opening: slice(opening), summary: slice(summary) };
  };

  it('spans the parts of an answer in its raw text', () => {
    expect(slices('\r\n  Hello\r\nthere. \r\n\r\n 1. one \r\n 2. two\r\n\r\nOverall, fine.\r\n')).toEqual({
      listLines: ['1. one', '2. two'],
      opening: 'Hello\r\nthere.',
      summary: 'Overall, fine.',
    });
  });

  it('sees neither opening nor summary in a single line, nor an opening in a list', () => {
    expect(slices('Overall, fine.')).toEqual({ listLines: [], opening: null, summary: null });
    expect(slices('- one\n- two').opening).toBeNull();
  });
});
