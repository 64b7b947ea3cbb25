import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerCode } from '../../../../src/evaluate/code/answer-code.ts';
import { loadHumanEval } from '../../../../src/evaluate/index.ts';
import { WITH_RECORDS } from '../../../fixtures/public-records.ts';

const SOLUTION = 'def add(a, b):\n    return a + b\n';
const fenced = (code: string, language = 'python') => `\`\`\`${language}\n${code}\`\`\`\n`;
const codeOf = (answer: string) => answerCode('add', answer);

describe('of several blocks', () => {
  test.each([
    ['a shell’s first', `${fenced('pip install add\n', 'bash')}\n${fenced(SOLUTION)}`],
    ['an example before the solution', `${fenced('print(add(1, 2))  # 3\n')}\n${fenced(SOLUTION)}`],
    ['an example after the solution', `${fenced(SOLUTION)}\n${fenced('result = add(1, 2)\n')}`],
    [
      'the head alone before the solution',
      `${fenced('def add(a, b):\n    """Sum."""\n')}${fenced(SOLUTION)}`,
    ],
    [
      'a head with pass before it',
      `${fenced('def add(a: int,\n        b=(1, 2)) -> int:\n    pass\n')}${fenced(SOLUTION)}`,
    ],
    [
      'another solution after it',
      `${fenced(SOLUTION)}Or:\n${fenced('def add(a, b):\n    return sum([a, b])\n')}`,
    ],
    [
      'a method of the name before it',
      `${fenced('class Sum:\n    def add(self, x):\n        return x\n')}${fenced(SOLUTION)}`,
    ],
    ['a solution that names no language', `${fenced('$ python\n', 'console')}${fenced(SOLUTION, '')}`],
    ['a solution that names another language', `${fenced('add\n')}${fenced(SOLUTION, 'text')}`],
    [
      'a draft inside reasoning',
      `<think>\n${fenced('def add(a, b):\n    return a\n')}</think>\n${fenced(SOLUTION)}`,
    ],
    [
      'reasoning that began in the prompt',
      `Try:\n${fenced('def add(a, b):\n    return a\n')}</think>\n${fenced(SOLUTION)}`,
    ],
  ])('with %s, the solution is read', (_, answer) => {
    expect(codeOf(answer)).toBe(SOLUTION);
    expect(codeOf(answer.replaceAll('\n', '\r\n'))).toBe(SOLUTION);
  });

  test('a constant of another block comes too, be it of one letter', () => {
    const own = 'def add(x: T) -> T:\n    return x + LIMIT\n';
    expect(codeOf(fenced('T = int\nLIMIT = 3\nresult = add(1)\n') + fenced(own))).toBe(
      `T = int\n\nLIMIT = 3\n\n${own}`,
    );
  });

  test('a block of Markdown is read for the blocks in it', () => {
    expect(codeOf(`\`\`\`\`markdown\nSo:\n${fenced(SOLUTION)}\n\`\`\`\`\n`)).toBe(SOLUTION);
  });

  test('a helper comes before the function that uses it, wherever it was, with what it uses itself', () => {
    const own = 'def add(a, b):\n    return total([a, b])\n';
    const helper = 'import math\n\ndef total(xs):\n    return math.fsum(xs)\n\nprint(total([1]))\n';
    const expected =
      'import math\n\ndef total(xs):\n    return math.fsum(xs)\n\ndef add(a, b):\n    return total([a, b])\n';
    expect(codeOf(fenced(helper) + fenced(own))).toBe(expected);
    expect(codeOf(fenced(own) + fenced(helper))).toBe(expected);
  });

  test('what the function defines itself, or does not use, is left out', () => {
    const own = 'def add(a, b):\n    result = a + b\n    return result\n';
    const others =
      fenced('result = add(1, 2)\n') + fenced('def result():\n    pass\ndef other():\n    pass\n');
    expect(codeOf(fenced(own) + others)).toBe(own);
  });

  test('a class is read whose method has the name, where no function has', () => {
    const written = 'class Solution:\n    def add(self, a, b):\n        return a + b\n';
    expect(codeOf(fenced('pip install x\n', 'sh') + fenced(written))).toBe(written);
  });
});

describe('a block', () => {
  test.each([
    ['async', 'async def add(a, b):\n    return a + b\n'],
    ['decorated', '@cache\n@wraps(f)\ndef add(a, b):\n    return a + b\n'],
    ['a lambda', 'add = lambda a, b: a + b\n'],
    ['with a main part', `${SOLUTION}\nif __name__ == "__main__":\n    print(add(1, 2))\n`],
    ['with typed parameters', 'def add[T](a: T, b: T) -> T:\n    return a + b\n'],
  ])('that is %s is returned as it is', (_, code) => {
    expect(codeOf(`First\n${fenced('ls\n', 'sh')}${fenced(code)}`)).toBe(code);
  });

  test.each(['python', 'python3', 'py', 'Python', ''])('of the language “%s” is read', language => {
    expect(codeOf(`So.\n${fenced(SOLUTION, language)}`)).toBe(SOLUTION);
  });

  test('of tildes, never closed, or in a list is read', () => {
    expect(codeOf(`~~~\n${SOLUTION}~~~`)).toBe(SOLUTION);
    expect(codeOf(`\`\`\`python\n${SOLUTION}`)).toBe(`${SOLUTION}\n`);
    expect(codeOf('1. So:\n   ```py\n   def add(a, b):\n       return a + b\n   ```\n')).toBe(SOLUTION);
  });

  test('indented as a whole loses the indent', () => {
    expect(codeOf(fenced('    def add(a, b):\n        return a + b\n'))).toBe(SOLUTION);
  });

  test('that is a session’s transcript is read as what was typed', () => {
    const session = '>>> def add(a, b):\n...     return a + b\n...\n>>> add(1, 2)\n3\n';
    expect(codeOf(fenced(session, 'pycon'))).toBe('def add(a, b):\n    return a + b\n\nadd(1, 2)\n');
    expect(codeOf(fenced('>>> add(1, 2)\n3\n') + fenced(SOLUTION))).toBe(SOLUTION);
  });
});

describe('without a block', () => {
  test.each([
    ['code alone', SOLUTION],
    [
      'code with an import and a docstring',
      'from math import (\n    fsum,\n)\n\ndef add(a, b):\n    """Sum\nof two"""\n    return fsum([a, b])',
    ],
    ['a body alone', '    return a + b\n'],
    ['a body with a nested function', '    def total():\n        return a + b\n\n    return total()'],
    ['a text that holds no code', 'I cannot help with that.'],
    ['nothing', ''],
  ])('%s is returned as it is', (_, answer) => {
    expect(codeOf(answer)).toBe(answer);
  });

  test('prose around the function is left out, what the function needs is not', () => {
    const answer =
      'Sure! Here\'s a function (it\'s short:\n\nimport math\nfrom typing import List\n\nLIMIT = 3\n\n@cache\ndef add(a, b):\n    # It\'s a sum (of two\n    text = """\nNo prose: this\n"""\n    return math.fsum(\n[a, b]\n)\n\nThis adds the two numbers.\nNote: it returns a float.\n';
    expect(codeOf(answer)).toBe(
      'import math\n\nfrom typing import List\n\nLIMIT = 3\n\n@cache\ndef add(a, b):\n    # It\'s a sum (of two\n    text = """\nNo prose: this\n"""\n    return math.fsum(\n[a, b]\n)\n',
    );
  });

  test('code indented as Markdown has it is read', () => {
    const answer =
      'Here it is:\n\n    import math\n\n    def add(a, b):\n        return a + b\n\nThis adds.\n';
    expect(codeOf(answer).trim()).toBe('import math\n\ndef add(a, b):\n    return a + b');
  });

  test('a transcript is read as what was typed', () => {
    expect(codeOf('>>> def add(a, b):\n...     return a + b\n>>> add(1, 2)\n3')).toBe(
      'def add(a, b):\n    return a + b\nadd(1, 2)\n',
    );
  });

  test('code that a fence closes, and one that a fence follows, is read', () => {
    expect(codeOf(`${SOLUTION}\`\`\`\n\nThis adds the two.`)).toBe(SOLUTION);
    expect(codeOf(`${SOLUTION}\nExample:\n${fenced('add(1, 2)\n')}`)).toBe(SOLUTION);
    expect(codeOf(`Example:\n${fenced('add(1, 2)\n')}\nSolution:\n${SOLUTION}`)).toBe(SOLUTION);
  });
});

describe('a continuation', () => {
  test.each([
    ['with prose after it', '    return a + b\nThis adds the two.', '    return a + b\n'],
    ['with prose before it', 'Sure:\n    return a + b\n', '    return a + b\n'],
    ['whose first line lost its indent', 'c = a + b\n    return c', '    c = a + b\n    return c'],
    [
      'whose first line, a loop, lost its indent',
      'for x in a:\n        b += x\n    return b',
      '    for x in a:\n        b += x\n    return b',
    ],
    [
      'without any indent',
      'c = a\nif b:\n    c += b\nreturn c',
      '    c = a\n    if b:\n        c += b\n    return c',
    ],
    ['before an example', `    return a + b\n\n${fenced('>>> add(1, 2)\n3\n')}`, '    return a + b\n'],
    ['in a block', `So:\n${fenced('    return a + b\n')}`, '    return a + b\n'],
    ['in a block without its indent', `So:\n${fenced('return a + b\n')}`, '    return a + b\n'],
    ['in the second block', `${fenced('add(1, 2)\n')}${fenced('    return a + b\n')}`, '    return a + b\n'],
  ])('%s is read', (_, answer, code) => {
    expect(codeOf(answer).trimEnd()).toBe(code.trimEnd());
  });
});

test('reasoning that was cut holds no answer', () => {
  expect(codeOf(`<think>\nPerhaps ${fenced(SOLUTION)}`)).toBe('');
});

test('no text makes it fail, and a solution in a block is found whatever prose surrounds it', () => {
  const part = fc.constantFrom(
    'It’s ',
    "don't (",
    '"""',
    'def ',
    'add(',
    '\n',
    '    ',
    '[',
    ')',
    '# ',
    'x = 1\n',
    'import this is\n',
    '>>> ',
    '\\',
  );
  const prose = fc.array(part, { maxLength: 12 }).map(parts => parts.join(''));
  fc.assert(
    fc.property(prose, prose, (before, after) => {
      expect(typeof codeOf(before)).toBe('string');
      expect(codeOf(`Prose ${before}\n${fenced(SOLUTION)}${after}`)).toContain(SOLUTION);
    }),
    { numRuns: 300, seed: 6 },
  );
});

describe('of the public problems', WITH_RECORDS, () => {
  const forms: [string, (program: string, body: string) => string, 'program' | 'body'][] = [
    [
      'the program in a block after a shell’s',
      program => fenced('pip install x\n', 'sh') + fenced(program),
      'program',
    ],
    [
      'the program amid prose',
      program => `Sure, that’s easy (see below:\n\n${program}\nIt's done.`,
      'program',
    ],
    ['the program alone', program => program, 'program'],
    [
      'the program in the middle of a list',
      program => `1. So\n${fenced(program).replace(/^(?=.)/gm, '   ')}`,
      'program',
    ],
    ['the body', (_, body) => body, 'body'],
    ['the body in a block', (_, body) => `It goes on:\n${fenced(body)}`, 'body'],
    ['the body without the indent of its first line', (_, body) => body.trimStart(), 'body'],
  ];
  test.each(forms)('%s is read, of all 164', async (_, form, part) => {
    const problems = await loadHumanEval();
    const wrong = problems.filter(({ text, solution, entryPoint }) => {
      const body = solution.replace(/^\n+/, '');
      const program = `${text}${body}`;
      const found = answerCode(entryPoint, form(program, body));
      return words(found) !== words(part === 'program' ? program : body);
    });
    expect(problems.length).toBe(164);
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});

/** The lines that hold anything, with their indent. */
function words(code: string): string {
  return code
    .split('\n')
    .map(line => line.trimEnd())
    .filter(line => line !== '')
    .join('\n');
}
