import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openAiModel } from '../../../src/chat/index.ts';
import { scoreOf } from '../../../src/evaluate/benchmarks/score-humaneval.ts';
import {
  evaluate,
  HUMANEVAL_STOPS,
  humanEval,
  humanEvalPassAtK,
  humanEvalProgram,
  loadHumanEval,
  scoreHumanEval,
} from '../../../src/evaluate/index.ts';
import { openAiServer } from '../../fixtures/openai-server.ts';
import { WITH_RECORDS } from '../../fixtures/public-records.ts';

const LINE = JSON.stringify({
  task_id: 'Own/0',
  prompt: 'def add(a, b):\n    """Sum."""\n',
  entry_point: 'add',
  canonical_solution: '    return a + b\n',
  test: 'def check(candidate):\n    assert candidate(1, 2) == 3\n',
});

const folder = await mkdtemp(join(tmpdir(), 'humaneval-'));
const OWN = join(folder, 'own.jsonl');
await writeFile(OWN, LINE);
const [problem] = await loadHumanEval(OWN);
if (!problem) throw new Error('the problem above is one');

/** Seconds for a program that ends by itself, however busy the machine is. */
const PATIENCE = 30;

const score = async (...texts: (string | null)[]) =>
  scoreHumanEval(
    [problem],
    texts.map(text => ({ promptId: 'Own/0', model: 'm', text })),
    { timeout: PATIENCE },
  );

describe('a problem', () => {
  test('is read with all that a program needs', () => {
    expect(problem).toEqual({
      id: 'Own/0',
      text: 'def add(a, b):\n    """Sum."""\n',
      entryPoint: 'add',
      solution: '    return a + b\n',
      test: 'def check(candidate):\n    assert candidate(1, 2) == 3\n',
      source: 'own.jsonl',
    });
  });

  test('that lacks a field is refused by file and line', async () => {
    const path = join(folder, 'lacking.jsonl');
    await writeFile(path, '\n{"task_id": "x"}');
    await expect(loadHumanEval(path)).rejects.toThrow(
      /Cannot read lacking.jsonl:2: strings under "task_id", "prompt", .* found {"task_id":"x"}/,
    );
  });

  test('and a completion make the program of the reference, byte for byte', () => {
    expect(humanEvalProgram(problem, '    return 3')).toBe(
      'def add(a, b):\n    """Sum."""\n    return 3\ndef check(candidate):\n    assert candidate(1, 2) == 3\n\ncheck(add)',
    );
  });

  test('ends where the paper says', () => {
    expect(HUMANEVAL_STOPS).toEqual(['\nclass', '\ndef', '\n#', '\nif', '\nprint']);
  });
});

describe('a program', () => {
  test('of which nothing is known is unscored, with the reason', async () => {
    const [numpy, guarded] = await score(
      '    import numpy as np\n    return int(np.add(a, b))\n',
      '    try:\n        import numpy\n    except ImportError:\n        return a + b\n',
    );
    expect(numpy).toMatchObject({ value: null, reason: expect.stringContaining("No module named 'numpy'") });
    expect(guarded).toMatchObject({ value: 1 });
    const detail = "the machine's load left the program 0.10 of its 3 s of processor time in 120 s";
    expect(scoreOf({ verdict: 'error', detail, stdout: '', seconds: 0.1 })).toMatchObject({
      value: null,
      reason: detail,
    });
    expect(scoreOf({ verdict: 'timed out', detail: '', stdout: '', seconds: 3 })).toMatchObject({ value: 0 });
  });
});

describe('a completion', () => {
  test('scores 1 if it passes, 0 if not, null if there is none', async () => {
    const scores = await score('    return a + b\n', '    return a - b\n', null);
    expect(scores.map(({ value }) => value)).toEqual([1, 0, null]);
    expect(scores[0]).toMatchObject({ promptId: 'Own/0', model: 'm', metric: 'pass' });
    expect(scores[1]?.verdict).toMatchObject({ verdict: 'failed', detail: 'AssertionError (line 6)' });
    expect(scores[2]).toMatchObject({ reason: 'no completion' });
    expect(scores[2]?.verdict).toBeUndefined();
  });

  test('that is equal to everything passes, as in the reference', async () => {
    const always = '    class Equal:\n        def __eq__(self, other): return True\n    return Equal()\n';
    expect((await score(always))[0]?.value).toBe(1);
  });

  test('that leaves, asks, or uses what the reference takes away fails', async () => {
    const scores = await score(
      '    import sys; sys.exit(0)\n',
      '    import os; os._exit(0)\n',
      '    input()\n    return 3\n',
      '    import os; os.getcwd()\n    return 3\n',
      '    exit(0)\n',
      '    import psutil\n    return 3\n',
      '    return 3\nif __name__ == "__main__":\n    raise ValueError\n',
    );
    expect(scores.map(({ value, reason }) => reason ?? value)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(scores[3]?.verdict?.detail).toContain("'NoneType' object is not callable");
  });

  test('that belongs to no problem is refused', async () => {
    await expect(scoreHumanEval([], [{ promptId: 'x', model: 'm', text: '' }])).rejects.toThrow(
      'Cannot score HumanEval: there is no problem x',
    );
  });
});

test('progress counts programs, and an abort stops all', async () => {
  const reported: number[] = [];
  const stop = new AbortController();
  const generations = Array.from({ length: 4 }, () => ({
    promptId: 'Own/0',
    model: 'm',
    text: '    while True: pass',
  }));
  const scored = scoreHumanEval([problem], generations, {
    timeout: 60,
    signal: stop.signal,
    onProgress: ({ done }) => reported.push(done),
  });
  setTimeout(() => stop.abort(new Error('enough')), 500);
  await expect(scored).rejects.toThrow('enough');
  expect(reported).toEqual([0]);
});

test('a model is asked for the beginning of a program, and what it writes is run', async () => {
  const reply = ({ prompt }: { prompt: string }) => (prompt.includes('add') ? '    return a + b\n' : '');
  await using server = await openAiServer({ reply });
  const model = openAiModel({ model: 'coder', base: server.base, cache: null });
  const items = [problem, { ...problem, id: 'Own/1', text: problem.text.replace('add', 'sub') }];
  const { metrics } = await evaluate(model, await humanEval({ items, timeout: PATIENCE }));
  expect(server.asked[0]?.body).toMatchObject({ max_tokens: 512, stop: HUMANEVAL_STOPS });
  expect(server.asked.map(({ prompt }) => prompt).sort()).toEqual(items.map(({ text }) => text));
  expect(metrics).toMatchObject([{ metric: 'pass@1', value: 0.5, n: 2, unscored: 0 }]);
});

test('the code of a chat’s answer is run, in whatever form, and nothing cuts the answer', async () => {
  const answers = [
    // The whole function again, then talk and another block.
    'Sure!\n\n```python\nfrom math import fsum\n\ndef add(a, b):\n    return a + b\n```\n\n```\nadd(1, 2)\n```',
    // The body alone, in a list.
    '1. Sum:\n   ~~~\n       return a + b\n   ~~~\n',
    'def add(a, b):\n    return a + b',
    '    return a + b\nThis adds the two.',
    // Begun without a fence, and closed by one.
    'def add(a, b):\n    return a + b\n```\n\nThis adds the two.',
  ];
  const items = answers.map((_, index) => ({
    ...problem,
    id: `Own/${index}`,
    text: problem.text.replace('Sum', `Sum ${index}`),
  }));
  const reply = ({ prompt }: { prompt: string }) => answers[Number(/Sum (\d)/.exec(prompt)?.[1])] ?? '';
  await using server = await openAiServer({ reply });
  const model = openAiModel({ model: 'coder', base: server.base, cache: null });
  const coding = await humanEval({ items, timeout: PATIENCE });
  const passed = async (promptFormat: 'chat' | 'raw') =>
    (await evaluate(model, coding, { promptFormat })).items.map(({ scores }) => scores['pass@1']);
  expect(await passed('chat')).toEqual([1, 1, 1, 1, 1]);
  expect(server.asked.some(({ body }) => 'stop' in body)).toBe(false);
  expect(await passed('raw')).toEqual([0, 0, 1, 0, 0]);
});

describe('pass@k', () => {
  const rows = (id: string, ...values: (number | null)[]) => values.map(value => ({ promptId: id, value }));

  test('is the mean over problems of the unbiased estimate', () => {
    // 1 − C(3, 2) / C(5, 2) = 0.7 and 1 − C(2, 2) / C(2, 2) = 0.
    const scores = [...rows('a', 1, 0, 1, 0, 0), ...rows('b', 0, 0)];
    expect(humanEvalPassAtK(scores, 2)).toEqual({ value: expect.closeTo(0.35, 12), n: 2, unscored: 0 });
    expect(humanEvalPassAtK(scores)).toEqual({ value: expect.closeTo(0.2, 12), n: 2, unscored: 0 });
  });

  test('leaves out problems with too few scored completions, and counts them', () => {
    expect(humanEvalPassAtK([...rows('a', 1, null), ...rows('b', 1, 1)], 2)).toEqual({
      value: 1,
      n: 1,
      unscored: 1,
    });
    expect(humanEvalPassAtK([], 1)).toEqual({ value: null, n: 0, unscored: 0 });
  });

  test('of no positive integer is refused', () => {
    expect(() => humanEvalPassAtK([], 0)).toThrow('k must be a positive integer, found 0');
  });
});

describe('the public problems', WITH_RECORDS, () => {
  test('are 164; a right completion of some passes and one without a body fails', async () => {
    const problems = await loadHumanEval();
    expect(problems.length).toBe(164);
    const sample = problems.filter((_, index) => index % 82 === 0);
    const generations = sample.flatMap(({ id, solution }) =>
      [solution, '    pass\n'].map(text => ({ promptId: id, model: 'm', text })),
    );
    const scores = await scoreHumanEval(sample, generations, { timeout: PATIENCE });
    expect(scores.map(({ value }) => value)).toEqual([1, 0, 1, 0]);
  });
});
