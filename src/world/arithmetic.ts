import { seededRandom } from '../stats/index.ts';
import { inTurn } from './in-turn.ts';
import type { World } from './world.ts';

/** An arithmetic problem of one step or two, in words. */
export interface ArithmeticProblem {
  id: string;
  question: string;
  /** The steps, and the answer after `####`. */
  working: string;
  answer: string;
  steps: 1 | 2;
}

/** Numbers of a story: what there is, and what comes and goes, 0 where nothing does. */
interface Story {
  first: number;
  comes: number;
  goes: number;
}

const THINGS = ['apples', 'coins', 'cups', 'stones', 'nails', 'cards'] as const;
/** Largest number of what there is, and of what comes or goes. */
const [MOST, MOVED] = [40, 9];
/** One story in so many is kept for tests, with all things. */
const TESTED = 3;

/**
 * Makes problems for the corpus and for imitation data, and problems of other numbers for tests: of one step and of two
 * by turns.
 */
export function arithmeticProblems(
  world: World,
  split: 'train' | 'test',
  count: number,
): ArithmeticProblem[] {
  const { shuffle, choose } = seededRandom(`world/${world.seed}/sums`);
  const own = [oneStep(), twoSteps()].map(stories => {
    const shuffled = shuffle(stories);
    const tested = Math.floor(shuffled.length / TESTED);
    return split === 'test' ? shuffled.slice(0, tested) : shuffled.slice(tested);
  });
  return Array.from({ length: count }, (_, i) => {
    const story = inTurn(inTurn(own, i), Math.floor(i / own.length));
    return problemOf(`sum-${split}-${i + 1}`, story, choose(THINGS));
  });
}

function oneStep(): Story[] {
  return upTo(MOST).flatMap(first =>
    upTo(MOVED).flatMap(moved => [
      { first, comes: moved, goes: 0 },
      ...(moved < first ? [{ first, comes: 0, goes: moved }] : []),
    ]),
  );
}

function twoSteps(): Story[] {
  return upTo(MOST).flatMap(first =>
    upTo(MOVED).flatMap(comes => upTo(MOVED).map(goes => ({ first, comes, goes }))),
  );
}

function upTo(most: number): number[] {
  return Array.from({ length: most }, (_, i) => i + 1);
}

function problemOf(id: string, { first, comes, goes }: Story, things: string): ArithmeticProblem {
  const more = first + comes;
  const answer = String(more - goes);
  const moved = [
    ...(comes > 0 ? [`${comes} are put in`] : []),
    ...(goes > 0 ? [`${goes} are taken out`] : []),
  ];
  const working = [
    ...(comes > 0 ? [`${first} + ${comes} = ${more}.`] : []),
    ...(goes > 0 ? [`${more} - ${goes} = ${answer}.`] : []),
  ];
  return {
    id,
    question: `There are ${first} ${things} in a box. Then ${moved.join(', and ')}. How many are there now?`,
    working: `${working.join(' ')} #### ${answer}`,
    answer,
    steps: working.length === 2 ? 2 : 1,
  };
}

/** Formats a problem as the corpus and few-shot prompts have it. */
export function arithmeticText({ question, working }: ArithmeticProblem): string {
  return `Q: ${question}\nA: ${working}`;
}
