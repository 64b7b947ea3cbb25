import fc from 'fast-check';

/** Texts that distinguish tokenizers: white space of all kinds, marks, scripts, broken text, and look-alikes of special tokens. */
const ATOMS = [
  ...[
    ' ',
    '  ',
    '     ',
    '\n',
    '\n\n',
    '\r\n',
    '\t',
    '\u000b',
    '\u0085',
    '\u00a0',
    '\u2003',
    '\u2028',
    '\u3000',
  ],
  ...['\ufeff', '\u200b', '\u200d', '\u00ad', '\u0000', '\u0001', '\u001b[31m', '\u007f'],
  ...['<|endoftext|>', '<|endoftext', '|>', '<s>', '</s>', '<unk>', '<0x41>', '<|im_start|>', '<|im_end|>'],
  ...["'s", "'S", "'ll", "I'm", "don't", '’s', '▁', '▁▁', ' ▁', 'Ġ', 'Ċ', '##', '[SEP]'],
  ...[
    'the',
    ' the',
    'The',
    ' answer',
    ' is',
    '42',
    ' 2023',
    '1,000',
    '½',
    '²',
    '٣',
    'Ⅷ',
    '!!!',
    '...',
    '://',
    '```',
  ],
  ...[
    'é',
    'e\u0301',
    'ﬁ',
    'ｆｕｌｌ',
    'İ',
    'ß',
    'Straße',
    'мир',
    'שלום',
    'سلام',
    'नमस्ते',
    '東京',
    '한국',
    '각',
    'ไทย',
  ],
  ...['😀', '👩‍👩‍👧', '🇺🇳', '🏽', '𝒳', '𠀀', '�'],
];

/** Texts of any length up to a few hundred characters: words, runs, any characters, and all of them mixed. */
export const texts = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...ATOMS), { maxLength: 24 }).map(parts => parts.join('')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }).map(assigned) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }).map(assigned) },
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...ATOMS), fc.integer({ min: 1, max: 80 }), fc.constantFrom(...ATOMS))
      .map(([run, times, last]) => run.repeat(times) + last),
  },
);

/** Leaves out characters that a later Unicode may yet define: implementations know different ones. */
function assigned(text: string): string {
  return text.replace(/\p{Cn}/gu, '');
}
