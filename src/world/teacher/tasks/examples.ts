import { questionOf } from '../../phrasings.ts';
import { claimOf } from '../../statements.ts';
import { placed, SENTENCES } from '../frames.ts';
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
  ...[tradesOf, placesOf],
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
    const [trades, names] = [answer.values('profession'), answer.names()];
    const words = answer.text.trim().split(/\s+/);
    return {
      kind: words.length === 1 && trades.size + names.size === 1,
      subject: answer.text.toLowerCase().includes(reference.toLowerCase()),
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
function tradesOf(material: Material): Example[] {
  return sentences(material).map(({ item, trade }) => ({ item, solution: trade }));
}

/** Draws sentences, of which the place is to be found. */
function placesOf(material: Material): Example[] {
  return sentences(material).map(({ item, city }) => ({ item, solution: city }));
}

function sentences({ random: { choose, shuffle }, trades, cities }: Material) {
  const drawn = [shuffle(trades), shuffle(cities)];
  return Array.from({ length: SHOWN + 1 }, (_, index) => {
    const [trade = '', city = ''] = drawn.map(values => values[index]);
    return { item: placed(choose(choose(SENTENCES).ways), { trade, city }), trade, city };
  });
}

/** Draws arithmetic problems. */
function sums({ random, problems }: Material): Example[] {
  return random
    .shuffle(problems)
    .slice(0, SHOWN_SUMS + 1)
    .map(({ question, working }) => ({ item: question, solution: working }));
}
