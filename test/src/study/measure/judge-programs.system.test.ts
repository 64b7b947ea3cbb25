import { describe, expect, test } from 'vitest';
import { programOf } from '../../../../src/study/measure/coding.ts';
import { judgePrograms } from '../../../../src/study/measure/index.ts';

const TASK = {
  id: 'p',
  prompt: 'def twice(x):\n    """Twice x."""\n',
  test: 'def check(candidate):\n    assert candidate(3) == 6\n',
  entryPoint: 'twice',
};

describe('programs', () => {
  test('each pass or fail by themselves, though they share a sandbox', async () => {
    const programs = [
      'assert 1 + 1 == 2',
      'assert False',
      'while True: pass',
      'x = [0] * 10 ** 12',
      'def f(): return f()\nf()',
      'broken(',
      'len = 3\nsum = 4',
      'assert len([1, 2]) == sum([1, 1])',
      'raise SystemExit',
      '"ümläut \\u2028 💡"',
      'assert False',
    ];
    expect(await judgePrograms(programs)).toEqual([1, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0]);
  });

  test('that could reach the others run alone, and cannot speak for them', async () => {
    const programs = [
      'assert False',
      'import sys\nsys.settrace(None)\nprint("[true, true, true, true]")',
      'import json\njson.dumps = lambda verdicts: "[true, true, true, true]"',
      'assert True',
    ];
    expect(await judgePrograms(programs)).toEqual([0, 1, 1, 1]);
  });

  test('are judged one by one where together they do not come through', async () => {
    // One line, which takes longer than all may together.
    const endless = 'x = 7 ** (9 ** 9 ** 2) % 10 ** 6';
    expect(await judgePrograms(['assert True', endless, 'assert False'])).toEqual([1, 0, 0]);
  });

  test('of none give no verdict', async () => {
    expect(await judgePrograms([])).toEqual([]);
  });
});

test('an answer becomes a program, whether it continues, begins again, or has words around it', async () => {
  const body = '    return 2 * x\n';
  const answers = [
    body,
    `def twice(x):\n${body}`,
    `Here you are.\n\n\`\`\`python\ndef twice(x):\n${body}\`\`\`\n\nOverall, done.`,
    `def twice(x):\n${body}\nThis gives the result.`,
    // A helper, before the function, after it, and in a block of its own.
    'def double(x):\n    return 2 * x\n\ndef twice(x):\n    return double(x)\n',
    'def twice(x):\n    return double(x)\n\ndef double(x):\n    return 2 * x\n\nDone.',
    '```python\ndef double(x):\n    return 2 * x\n```\nThen:\n```python\ndef twice(x):\n    return double(x)\n```',
    body.replace('2', '3'),
    'I am sorry.',
  ];
  expect(await judgePrograms(answers.map(answer => programOf(TASK, answer)))).toEqual([
    1, 1, 1, 1, 1, 1, 1, 0, 0,
  ]);
});
