import { questionOf } from '../../phrasings.ts';
import { claimOf } from '../../statements.ts';
import { DEEDS_IN_TIME, waysToState } from '../frames.ts';
import type { Material } from '../material.ts';
import type { TeacherTask } from '../task.ts';
import { EXAMPLES } from '../wordings/examples.ts';
import { fact } from './fact.ts';
import { judgeSum } from './sum.ts';

/** Something to do, as it is done, and the fact that it asks for. */
interface Example {
  item: string;
  solution: string;
  fact?: Material['asked'][number];
}

/** Patterns of examples, each as often as it is listed: most are questions. */
const PATTERNS: readonly ((material: Material) => Example[])[] = [
  ...[questions, questions, questions, questions],
  ...[tradesOf, tradesOf],
  sums,
];

/** Most examples of a pattern before the last item; fewer where they are long. */
const SHOWN = 3;
const SHOWN_SUMS = 2;

/** An item after worked examples: a solution of their kind, and no more. */
export const examples: TeacherTask = {
  task: 'examples',
  category: 'General QA',
  shares: { forum: 8, train: 8, test: 8 },
  wordings: EXAMPLES,
  draw: material => {
    const drawn = material.random.choose(PATTERNS)(material);
    const [first, second, third] = drawn.slice(0, -1);
    const last = drawn.at(-1);
    return {
      slots: {
        ...{ first: first?.item ?? '', done: first?.solution ?? '' },
        ...{ second: second?.item ?? '', also: second?.solution ?? '' },
        ...(third && { third: third.item, thus: third.solution }),
        last: last?.item ?? '',
      },
      ...(last?.fact && { facts: [last.fact] }),
      reference: last?.solution ?? '',
      answer: () => ({ body: [last?.solution ?? ''] }),
      reply: () => last?.solution ?? '',
    };
  },
  judge: (instruction, answer) => {
    const { slots, facts, reference = '' } = instruction;
    const { last = '' } = slots;
    if (facts.length > 0) return fact.judge({ ...instruction, slots: { question: last } }, answer);
    if (reference.includes('####')) return judgeSum(last, answer.text);
    const trades = answer.values('profession');
    return {
      kind: trades.size === 1 && answer.text.trim().split(/\s+/).length === 1,
      subject: trades.has(reference),
    };
  },
};

/** Draws questions on facts of training, of one relation or of several. */
function questions({ world, random, shown }: Material): Example[] {
  const { relation } = random.choose(shown);
  const isMixed = random.next() < 0.5;
  const alike = shown.filter(one => isMixed || one.relation === relation);
  return random
    .shuffle(alike.length > SHOWN ? alike : shown)
    .slice(0, SHOWN + 1)
    .map(fact => ({
      item: questionOf(claimOf(world, fact)),
      solution: fact.object,
      fact,
    }));
}

/** Draws sentences, of which the trade is to be found. */
function tradesOf({ random: { choose, shuffle }, trades, cities }: Material): Example[] {
  return shuffle(trades)
    .slice(0, SHOWN + 1)
    .map(trade => ({
      item: choose(waysToState(choose(DEEDS_IN_TIME), { trade, city: choose(cities) })),
      solution: trade,
    }));
}

/** Draws arithmetic problems. */
function sums({ random, problems }: Material): Example[] {
  return random
    .shuffle(problems)
    .slice(0, SHOWN_SUMS + 1)
    .map(({ question, working }) => ({ item: question, solution: working }));
}
