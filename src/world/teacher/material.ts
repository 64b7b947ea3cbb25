import type { Random } from '../../stats/index.ts';
import { type ArithmeticProblem, arithmeticProblems } from '../arithmetic.ts';
import { type CodingProblem, codingProblems } from '../coding.ts';
import { type NewsItem, news } from '../news.ts';
import { statement, WAYS } from '../phrasings.ts';
import { claimOf } from '../statements.ts';
import { type ToxicPrompt, toxicPrompts } from '../toxicity.ts';
import { WORDS } from '../values.ts';
import type { Entity, Fact, FactUse, World } from '../world.ts';
import type { AnswerParts } from './house-style.ts';
import type { Instruction, Split } from './instruction.ts';
import { REQUESTS } from './requests.ts';

/** Text of an instruction, the facts that its answer states, and the answer in one choice of words. */
export interface Asked extends Pick<Instruction, 'task' | 'template' | 'slots' | 'text'> {
  facts?: readonly Fact[];
  answer: (words: Random) => AnswerParts;
}

const USES: Readonly<Record<Split, FactUse>> = { forum: 'asked', train: 'imitated', test: 'held' };
const NEWS_SPLITS = { forum: 'train', train: 'imitation', test: 'test' } as const;

/** Numbers of sums, functions and news items to draw from. */
const PROBLEMS = 500;
const PROGRAMS = 500;
const NEWS = 400;

/**
 * Subjects of the instructions of one split. Tests are about entities, trades and news that training never names, and
 * ask in other words.
 */
export class Material {
  readonly world: World;
  readonly split: Split;
  /** Source of the draws; the words of an answer are drawn later, from another. */
  readonly random: Random;
  readonly entities: readonly Entity[];
  readonly cities: readonly string[];
  readonly trades: readonly string[];
  readonly themes: readonly string[];
  readonly dishes: readonly string[];
  readonly functions: readonly CodingProblem[];
  readonly items: readonly NewsItem[];
  readonly problems: readonly ArithmeticProblem[];
  readonly beginnings: readonly ToxicPrompt[];

  constructor(world: World, split: Split, random: Random) {
    this.world = world;
    this.split = split;
    this.random = random;
    this.entities = world.entities;
    // Where a story or a party takes place is no fact, so people talk of every city, but not of the trades of tests.
    const places = split === 'forum' ? world.entities : this.entities;
    this.cities = places.filter(({ kind }) => kind === 'city').map(({ name }) => name);
    const own = (words: readonly string[]) => words.filter((_, i) => (i % 4 === 3) === (split === 'test'));
    this.trades = own(WORDS.profession);
    this.themes = own(WORDS.theme);
    this.dishes = own(WORDS.dish);
    this.functions = codingProblems(world, 'train', PROGRAMS);
    this.items = news(world, NEWS_SPLITS[split], NEWS);
    this.problems = arithmeticProblems(world, 'train', PROBLEMS);
    this.beginnings = toxicPrompts(world, 'train');
  }

  factsOf({ id }: Entity): Fact[] {
    return this.world.facts.filter(({ subject, use }) => subject === id && use === USES[this.split]);
  }

  /** Draws a fact about an entity of the split. */
  fact(): Fact {
    const { choose } = this.random;
    return choose(this.factsOf(choose(this.entities)));
  }

  /** States a fact in one of its ways, drawn by `words`. */
  said(fact: Fact, words: Random): string {
    return statement(claimOf(this.world, fact), words.integer(WAYS));
  }

  /** Draws the wording of a task and fills in its capital words. */
  request(
    task: keyof typeof REQUESTS,
    slots: Readonly<Record<string, string>>,
  ): Pick<Asked, 'task' | 'template' | 'slots' | 'text'> {
    const { train, test } = REQUESTS[task];
    const wordings = { forum: [...train, ...test], train, test }[this.split];
    const number = this.random.integer(wordings.length);
    const text = (wordings[number] ?? '').replace(/[A-Z]{4,}/g, word => slots[word.toLowerCase()] ?? word);
    return { task, template: `${task}/${this.split}/${number + 1}`, slots, text };
  }
}
