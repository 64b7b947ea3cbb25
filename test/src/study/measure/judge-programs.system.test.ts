import { describe, expect, test, vi } from 'vitest';
import { runPython } from '../../../../src/evaluate/index.ts';
import { programOf } from '../../../../src/study/measure/coding.ts';
import { judgePrograms } from '../../../../src/study/measure/index.ts';

vi.mock('../../../../src/evaluate/sandbox/run-python.ts', async importOriginal => {
  const sandbox: typeof import('../../../../src/evaluate/sandbox/run-python.ts') = await importOriginal();
  return { ...sandbox, runPython: vi.fn(sandbox.runPython) };
});

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

  test('are judged in halves, to the one at fault, where together they do not come through', async () => {
    // One line, which takes longer than all may together.
    const endless = 'x = 7 ** (9 ** 9 ** 2) % 10 ** 6';
    const programs = ['assert True', endless, 'assert False', 'assert 2', 'assert 3', 'assert 0'];
    vi.mocked(runPython).mockClear();
    expect(await judgePrograms(programs)).toEqual([1, 0, 0, 1, 1, 0]);
    // All, twice three, of the first three two and one, and each of those by itself.
    expect(runPython).toHaveBeenCalledTimes(7);
  });

  test('share a sandbox by the thousand, more text than a pipe holds', async () => {
    const comment = `# ${'x'.repeat(400)}`;
    const programs = Array.from({ length: 1200 }, (_, index) => `${comment}\nassert ${index} % 3`);
    vi.mocked(runPython).mockClear();
    expect(await judgePrograms(programs)).toEqual(programs.map((_, index) => (index % 3 === 0 ? 0 : 1)));
    expect(runPython).toHaveBeenCalledTimes(1);
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
