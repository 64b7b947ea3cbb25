import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { checkFile, codeOnly, parseWords } from '../../scripts/check-words.mjs';

const words = parseWords(`
# a remark
[checked]
src/text
[phrases]
stood, stand -> completed # another
goes on -> resumes
[openings]
What, How -> a noun
[identifiers src/model]
width -> hiddenSize
[exempt]
data/paper
src/world/river.ts "stand on the banks"
`);

const offences = (path: string, text: string) => checkFile(path, text, words);

describe('checkFile()', () => {
  it('names file, line and replacement of a banned phrase, in any case', () => {
    expect(offences('README.md', 'One\nIt Stood, it withstood.\n')).toEqual([
      'README.md:2: "Stood": use "completed"',
    ]);
  });

  it('finds a phrase that wraps in a comment', () => {
    expect(offences('src/a.ts', '/**\n * The run goes\n * on here.\n */')).toEqual([
      'src/a.ts:2: "goes on": use "resumes"',
    ]);
  });

  it('refuses doc comments that begin with a banned word, on the first line or the second', () => {
    const text = '/** What came. */\n/**\n * How it runs.\n */\n/* What is free. */\n/** Reports What. */';
    expect(offences('src/a.ts', text)).toEqual([
      'src/a.ts:1: "/** What": use "a noun"',
      'src/a.ts:3: "/** How": use "a noun"',
    ]);
  });

  it('refuses identifiers in their folder alone, outside comments and strings', () => {
    const text =
      "// width\nconst label = 'width';\nconst wide = `width $" + '{width}`;\nconst lineWidth = 1;';
    expect(offences('src/model/a.ts', text)).toEqual(['src/model/a.ts:3: "width": use "hiddenSize"']);
    expect(offences('src/models/a.ts', text)).toEqual([]);
  });

  it('reads the cells of a notebook and not their outputs', () => {
    const cells = [
      { cell_type: 'markdown', source: ['One\n', 'it stood'] },
      { cell_type: 'code', source: 'f()', outputs: [{ text: 'it stood' }] },
    ];
    expect(offences('notebooks/a.ipynb', JSON.stringify({ cells }))).toEqual([
      'notebooks/a.ipynb:cell 1, line 2: "stood": use "completed"',
    ]);
  });

  it('reads only the names of tests', () => {
    const text = "const data = 'stood';\nit('stood there', () => {});\ntest.each([1])('goes on', f);";
    expect(offences('test/a.test.ts', text)).toEqual([
      'test/a.test.ts:2: "stood": use "completed"',
      'test/a.test.ts:3: "goes on": use "resumes"',
    ]);
  });

  it('leaves out exempt folders, and exempt lines of a file', () => {
    expect(offences('data/paper/fig1.md', 'stood')).toEqual([]);
    expect(offences('src/world/river.ts', "'Which river does it stand on the banks of?'\nstand")).toEqual([
      'src/world/river.ts:2: "stand": use "completed"',
    ]);
  });
});

describe('codeOnly()', () => {
  it('keeps offsets and nested interpolations', () => {
    const source = 'a("it\'s", `b $' + '{c({ d: `e $' + '{f}` })} g`) // h';
    expect(codeOnly(source)).toBe('a(      ,      c({ d:      f   })    )     ');
  });
});

describe('parseWords()', () => {
  it('names the line of a rule without a replacement', () => {
    expect(() => parseWords('[phrases]\nstood\n')).toThrow(
      'words.txt:2: no rule of section "phrases": "stood"',
    );
  });
});

describe('check-words.mjs', () => {
  it('finds nothing in the folders that are checked', { timeout: 30_000 }, async () => {
    const script = fileURLToPath(new URL('../../scripts/check-words.mjs', import.meta.url));
    await promisify(execFile)(process.execPath, [script]);
  });
});
