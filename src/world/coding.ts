import { seededRandom } from '../stats/index.ts';
import type { World } from './world.ts';

/** A tiny Python function, in the form of HumanEval. */
export interface CodingProblem {
  id: string;
  /** Signature and docstring. */
  prompt: string;
  /** Code that follows the prompt. */
  solution: string;
  /** Defines `check(candidate)`. */
  test: string;
  entryPoint: string;
}

const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
const STEPS = [
  {
    name: 'add',
    does: (n: string) => `Add ${n} to x`,
    code: (n: number) => `x + ${n}`,
    apply: (x: number, n: number) => x + n,
  },
  {
    name: 'take',
    does: (n: string) => `Take ${n} from x`,
    code: (n: number) => `x - ${n}`,
    apply: (x: number, n: number) => x - n,
  },
  {
    name: 'times',
    does: (n: string) => `Multiply x by ${n}`,
    code: (n: number) => `x * ${n}`,
    apply: (x: number, n: number) => x * n,
  },
] as const;
/** One function in so many is kept for tests. */
const TESTED = 5;
/** Arguments of the tests' calls. */
const TRIED = [0, 1, 7, -3];

/** Functions of two steps for the corpus, and others for tests. */
export function codingProblems(world: World, split: 'train' | 'test', count: number): CodingProblem[] {
  const { shuffle } = seededRandom(`world/${world.seed}/programs`);
  const all = STEPS.flatMap(one =>
    STEPS.flatMap(two => NUMBERS.flatMap((_, a) => NUMBERS.map((__, b) => program(one, two, a, b)))),
  );
  const shuffled = shuffle(all);
  const tested = Math.floor(shuffled.length / TESTED);
  const own = split === 'test' ? shuffled.slice(0, tested) : shuffled.slice(tested);
  return Array.from({ length: count }, (_, i) => ({
    ...(own[i % own.length] as CodingProblem),
    id: `program-${split}-${i + 1}`,
  }));
}

type Step = (typeof STEPS)[number];

function program(one: Step, two: Step, first: number, second: number): CodingProblem {
  const [a, b] = [NUMBERS[first] ?? '', NUMBERS[second] ?? ''];
  const [n, m] = [first + 2, second + 2];
  const entryPoint = `${one.name}_${a}_${two.name}_${b}`;
  const calls = TRIED.map(x => `    assert candidate(${x}) == ${two.apply(one.apply(x, n), m)}`);
  return {
    id: entryPoint,
    prompt: `def ${entryPoint}(x):\n    """${one.does(a)}. Then ${two.does(b).toLowerCase()}."""\n`,
    solution: `    x = ${one.code(n)}\n    return ${two.code(m)}\n`,
    test: `def check(candidate):\n${calls.join('\n')}\n`,
    entryPoint,
  };
}

/** Formats a program as the corpus has it. */
export function codingText({ prompt, solution }: CodingProblem): string {
  return prompt + solution;
}
