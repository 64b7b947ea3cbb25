import { seededRandom } from '../stats/index.ts';
import type { World } from './world.ts';

/** An arithmetic problem of two steps, in words. */
export interface ArithmeticProblem {
  id: string;
  question: string;
  /** The two steps, and the answer after `####`. */
  working: string;
  answer: string;
}

const THINGS = ['apples', 'coins', 'cups', 'stones', 'nails', 'cards'] as const;
/** Numbers of the story: what there is, what comes, what goes. */
const [MOST, COMES, GOES] = [20, 9, 9];
/** One triple of numbers in so many is kept for tests, with all things. */
const TESTED = 6;

/** Makes problems for the corpus, and problems of other numbers for tests. */
export function arithmeticProblems(
  world: World,
  split: 'train' | 'test',
  count: number,
): ArithmeticProblem[] {
  const { shuffle, choose } = seededRandom(`world/${world.seed}/sums`);
  const triples = Array.from({ length: MOST * COMES * GOES }, (_, i) => [
    1 + (i % MOST),
    1 + (Math.floor(i / MOST) % COMES),
    1 + Math.floor(i / (MOST * COMES)),
  ]).filter(([a = 0, b = 0, c = 0]) => a + b > c);
  const shuffled = shuffle(triples);
  const tested = Math.floor(shuffled.length / TESTED);
  const own = split === 'test' ? shuffled.slice(0, tested) : shuffled.slice(tested);
  return Array.from({ length: count }, (_, i) => {
    const [a = 0, b = 0, c = 0] = own[i % own.length] ?? [];
    return sum(`sum-${split}-${i + 1}`, [a, b, c], choose(THINGS));
  });
}

function sum(id: string, [a, b, c]: [number, number, number], things: string): ArithmeticProblem {
  const left = a + b - c;
  return {
    id,
    question: `There are ${a} ${things} in a box. ${b} more are put in, and ${c} are taken out. How many are left?`,
    working: `${a} + ${b} = ${a + b}. ${a + b} - ${c} = ${left}. #### ${left}`,
    answer: String(left),
  };
}

/** Formats a problem as the corpus and few-shot prompts have it. */
export function arithmeticText({ question, working }: ArithmeticProblem): string {
  return `Q: ${question}\nA: ${working}`;
}
