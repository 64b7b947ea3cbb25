import { seededRandom } from '../stats/index.ts';
import { inTurn, roundsOf } from './in-turn.ts';
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
const TESTED = 4;
/** Arguments of the tests' calls. */
const TRIED = [0, 1, 7, -3];
const NAME = 'compute';

/** A step with its number. */
interface Move {
  does: string;
  code: string;
  apply: (x: number) => number;
}

/**
 * Makes functions of one, two and three steps by turns for the corpus and for imitation data, and others for tests, no
 * two alike there: few of one step, as there are few.
 *
 * @throws {RangeError} if there are fewer for tests.
 */
export function codingProblems(world: World, split: 'train' | 'test', count: number): CodingProblem[] {
  const { shuffle } = seededRandom(`world/${world.seed}/programs`);
  const own = movesOfSteps().map(functions => {
    const shuffled = shuffle(functions);
    const tested = Math.floor(shuffled.length / TESTED);
    return split === 'test' ? shuffled.slice(0, tested) : shuffled.slice(tested);
  });
  const tested = split === 'test' ? roundsOf(own).flat() : [];
  if (split === 'test' && tested.length < count)
    throw new RangeError(`Cannot make ${count} different functions for tests: there are ${tested.length}`);
  return Array.from({ length: count }, (_, i) => {
    const moves = split === 'test' ? inTurn(tested, i) : inTurn(inTurn(own, i), Math.floor(i / own.length));
    return functionOf(`program-${split}-${i + 1}`, moves);
  });
}

/** Lists all functions of one step, of two, and of three. */
function movesOfSteps(): Move[][][] {
  const moves = STEPS.flatMap(({ does, code, apply }) =>
    NUMBERS.map((word, index) => {
      const n = index + 2;
      return { does: does(word), code: code(n), apply: (x: number) => apply(x, n) };
    }),
  );
  const one = moves.map(move => [move]);
  const two = one.flatMap(before => moves.map(move => [...before, move]));
  return [one, two, two.flatMap(before => moves.map(move => [...before, move]))];
}

function functionOf(id: string, moves: readonly Move[]): CodingProblem {
  const [first = '', ...others] = moves.map(({ does }) => does);
  const doc = [`${first}.`, ...others.map(does => `Then ${does.charAt(0).toLowerCase()}${does.slice(1)}.`)];
  const codes = moves.map(({ code }) => code);
  const lines = codes.map((code, i) => (i < codes.length - 1 ? `    x = ${code}\n` : `    return ${code}\n`));
  const calls = TRIED.map(x => {
    const result = moves.reduce((value, { apply }) => apply(value), x);
    return `    assert candidate(${x}) == ${result}`;
  });
  return {
    id,
    prompt: `def ${NAME}(x):\n    """${doc.join(' ')}"""\n`,
    solution: lines.join(''),
    test: `def check(candidate):\n${calls.join('\n')}\n`,
    entryPoint: NAME,
  };
}

/** Formats a program as the corpus has it. */
export function codingText({ prompt, solution }: CodingProblem): string {
  return prompt + solution;
}
