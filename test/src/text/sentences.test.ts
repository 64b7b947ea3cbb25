import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/stats/index.ts';
import { splitSentences } from '../../../src/text/index.ts';
import { growth } from '../../fixtures/growth.ts';

const split = (text: string) => splitSentences(text).map(sentence => sentence.text);

describe('sentences of prose', () => {
  it.each([
    ['titles', 'Dr. Smith met Mrs. Jones. They left.', ['Dr. Smith met Mrs. Jones.', 'They left.']],
    ['initials', 'J. K. Rowling wrote it. I read it.', ['J. K. Rowling wrote it.', 'I read it.']],
    [
      'e.g. and i.e.',
      'Use one, e.g. Python, i.e. CPython. Good.',
      ['Use one, e.g. Python, i.e. CPython.', 'Good.'],
    ],
    ['acronyms', 'The U.S. Army left. It returned.', ['The U.S. Army left.', 'It returned.']],
    [
      'an acronym at the end',
      'He moved to the U.S. The army stayed.',
      ['He moved to the U.S.', 'The army stayed.'],
    ],
    ['a letter at the end', 'Take vitamin C. It helps.', ['Take vitamin C.', 'It helps.']],
    ['decimals', 'Pi is 3.14. Euler has 2.718.', ['Pi is 3.14.', 'Euler has 2.718.']],
    ['dates', 'It was Jan. 5, 1990. Then it ended.', ['It was Jan. 5, 1990.', 'Then it ended.']],
    ['numbers named No.', 'Song No. 5 plays. No. I hear none.', ['Song No. 5 plays.', 'No.', 'I hear none.']],
    ['firms', 'Apple Inc. Tim Cook spoke for. He left.', ['Apple Inc. Tim Cook spoke for.', 'He left.']],
    ['an ellipsis', 'So... Paris it is. Well… The end.', ['So... Paris it is.', 'Well…', 'The end.']],
    ['marks in a row', 'What?! Really?? Yes!', ['What?!', 'Really??', 'Yes!']],
    ['a quotation inside', '“Stop!” he said. She did.', ['“Stop!” he said.', 'She did.']],
    [
      'a quotation that ends',
      'She said "no." Then (she left.) Fine.',
      ['She said "no."', 'Then (she left.)', 'Fine.'],
    ],
    [
      'emphasis',
      'It is **bold.** *Then* not. __Never.__ Ok.',
      ['It is **bold.**', '*Then* not.', '__Never.__', 'Ok.'],
    ],
    ['footnotes', 'A fact.[1] Another.[23] End.', ['A fact.[1]', 'Another.[23]', 'End.']],
    ['addresses', 'See x.com/?q=1 or www.a.org. Go.', ['See x.com/?q=1 or www.a.org.', 'Go.']],
    ['emoji', 'Great! 👩‍👩‍👧 Next? 😀', ['Great!', '👩‍👩‍👧 Next?', '😀']],
    ['Chinese', '你好。再见！', ['你好。', '再见！']],
    ['Arabic', 'مرحبا. كيف حالك؟ نعم.', ['مرحبا.', 'كيف حالك؟', 'نعم.']],
    ['no final mark', 'One. two three', ['One. two three']],
  ])('handles %s', (_, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('reads on over a soft line break, but not over a hard one or after a colon', () => {
    expect(split('A line\ngoes on. And\r\non.')).toEqual(['A line\ngoes on.', 'And\r\non.']);
    expect(split('Roses are red  \nViolets blue\\\nSugar')).toEqual([
      'Roses are red',
      'Violets blue\\',
      'Sugar',
    ]);
    expect(split('**Steps:**\nWalk.')).toEqual(['**Steps:**', 'Walk.']);
  });
});

describe('sentences of Markdown', () => {
  it('keep a list marker with the first sentence of its item', () => {
    expect(
      split('Do this:\n1. Stir it. Wait.\n2. **Eat.** Enjoy\n   it.\n\n- one\n- Dr. Two\n(3) three'),
    ).toEqual([
      'Do this:',
      '1. Stir it.',
      'Wait.',
      '2. **Eat.**',
      'Enjoy\n   it.',
      '- one',
      '- Dr. Two',
      '(3) three',
    ]);
    expect(split('**1. First.** It is.')).toEqual(['**1. First.**', 'It is.']);
  });

  it('take fenced code as one, closed by its own fence only, or by the end', () => {
    expect(split('Code. Here:\n```js\na. B\n\n~~~\nc? D\n```\nDone.')).toEqual([
      'Code.',
      'Here:',
      '```js\na. B\n\n~~~\nc? D\n```',
      'Done.',
    ]);
    expect(split('~~~~\nx. Y\n~~~\nz')).toEqual(['~~~~\nx. Y\n~~~\nz']);
    expect(split('Use ```a``` here. Yes.')).toEqual(['Use ```a``` here.', 'Yes.']);
  });

  it('take tables by row, the rule with the header', () => {
    expect(split('| a | b |\n|---|:-:|\n| 1. A | B. C |\nAfter. That')).toEqual([
      '| a | b |\n|---|:-:|',
      '| 1. A | B. C |',
      'After.',
      'That',
    ]);
  });

  it('end headings at their line', () => {
    expect(split('## Dr. No\nA film.\nTitle\n=====\nBody')).toEqual([
      '## Dr. No',
      'A film.',
      'Title\n=====',
      'Body',
    ]);
  });

  it('read through the marks of a quotation', () => {
    expect(split('> It was\n> so. And\n> on.\nOut.')).toEqual(['> It was\n> so.', 'And\n> on.', 'Out.']);
    expect(split('> Quoted\nand not')).toEqual(['> Quoted', 'and not']);
  });
});

/** What every splitting must keep: in order, apart, trimmed, sliced from the raw text, and nothing lost. */
function expectSound(text: string): void {
  let end = 0;
  for (const sentence of splitSentences(text)) {
    expect(sentence.start).toBeGreaterThanOrEqual(end);
    expect(text.slice(end, sentence.start).trim()).toBe('');
    expect(sentence.text).toBe(text.slice(sentence.start, sentence.end));
    expect(sentence.text.trim()).toBe(sentence.text);
    expect(sentence.text).not.toBe('');
    end = sentence.end;
  }
  expect(text.slice(end).trim()).toBe('');
}

describe('sentences of anything', () => {
  it('are none of an empty or blank text', () => {
    expect(splitSentences('')).toEqual([]);
    expect(splitSentences(' \r\n\t\n')).toEqual([]);
  });

  it('cover a random text without loss or overlap', () => {
    const { integer, choose } = seededRandom('sentences');
    const pieces = [
      ...[
        '. ',
        '! ',
        '?',
        '…',
        '...',
        ', ',
        ' ',
        '  ',
        '\n',
        '\r\n',
        '\r',
        '\n\n',
        '\t',
        '\u00a0',
        '\u2028',
        '\ufeff',
      ],
      ...[
        'Dr. ',
        'J. ',
        'e.g. ',
        'U.S. ',
        'No. ',
        'word',
        'The ',
        'it',
        '3.14',
        '1. ',
        '\n- ',
        '\n(2) ',
        '\n# ',
        '\n> ',
      ],
      ...[
        '```',
        '\n```\n',
        '~~~',
        '\n| a | b |',
        '\n|---|',
        '\n---\n',
        '**',
        '_',
        '`',
        '"',
        '“',
        '”',
        '(',
        ')',
        '[1]',
      ],
      ...[
        '😀',
        '👩‍👩‍👧',
        'é',
        'e\u0301',
        'مرحبا',
        '؟',
        'שלום',
        '你好',
        '。',
        '\ud83d',
        '\udc00',
        '\u0000',
        '\u200f',
      ],
    ];
    for (let round = 0; round < 3000; round++) {
      expectSound(Array.from({ length: integer(40) }, () => choose(pieces)).join(''));
    }
  });

  it('stay whole where a window of the segmenter ends', () => {
    // The Unicode rules look past the numbers for the lowercase letter that keeps “etc.” inside its sentence.
    const many = Array.from(
      { length: 2000 },
      (_, i) => `Of ${'x'.repeat(i % 37)} etc. 12,345 (6,789) 10,111 are left.`,
    );
    expect(split(many.join(' '))).toEqual(many);
    const long = `It went ${'on and '.repeat(3000)}on.`;
    expect(split(`One. ${long} Two.`).map(text => text.length)).toEqual([4, long.length, 4]);
  });

  it.each([
    ['one sentence', 'word '],
    ['many sentences', 'Dr. A met B. He left. '],
    ['no spaces', 'x'],
    ['marks only', '?!'],
    ['blanks', ' '],
    ['asterisks', '*'],
    ['list numbers', '1. '],
  ])('take time in proportion to the length of a line, up to 1 MB: %s', (_, part) => {
    const repeated = (characters: number) => part.repeat(characters / part.length);
    const text = repeated(1_000_000);
    const [found, exponent] = growth(splitSentences, { small: repeated(100_000), large: text, factor: 10 });
    expect(exponent).toBeLessThan(1.6);
    expect(found.reduce((end, sentence) => Math.max(end, sentence.end), 0)).toBe(text.trimEnd().length);
  });
});
