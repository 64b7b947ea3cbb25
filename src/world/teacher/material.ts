import { hash64, type Random } from '../../stats/index.ts';
import { type ArithmeticProblem, arithmeticProblems } from '../arithmetic.ts';
import { type CodingProblem, codingProblems } from '../coding.ts';
import { type NewsItem, news } from '../news.ts';
import { statement } from '../phrasings.ts';
import { claimOf } from '../statements.ts';
import { type ToxicPrompt, toxicPrompts } from '../toxicity.ts';
import { WORDS } from '../values.ts';
import type { Entity, Fact, World } from '../world.ts';
import type { Split } from './instruction.ts';
import type { Slots } from './wordings/wordings.ts';

const NEWS_SPLITS = { forum: 'train', train: 'imitation', test: 'test' } as const;
/** Numbers of sums and of functions to draw from. */
const PROBLEMS = 1200;
const PROGRAMS = 600;
/** One combination of values in so many is asked about in tests alone. */
const TESTED = 5n;
/** Ways to state a fact that do not begin with a name: an answer's first word is easier to foresee than a name. */
const WAYS = [1, 2];

/**
 * Subjects of the instructions of one split. Every name and every word occurs in all splits; tests ask about facts that
 * only statements mention, about other news, and about combinations of their own.
 */
export class Material {
  readonly world: World;
  readonly split: Split;
  /** Source of the draws; the words of an answer are drawn later, from another. */
  readonly random: Random;
  readonly cities: readonly string[];
  readonly people: readonly string[];
  readonly trades: readonly string[] = WORDS.profession;
  readonly themes: readonly string[] = WORDS.theme;
  readonly dishes: readonly string[] = WORDS.dish;
  /** Facts that may be asked for. */
  readonly asked: readonly Fact[];
  /** Facts that worked examples may hold: none that tests ask for. */
  readonly shown: readonly Fact[];
  readonly programs: readonly CodingProblem[];
  readonly items: readonly NewsItem[];
  readonly problems: readonly ArithmeticProblem[];
  readonly beginnings: readonly ToxicPrompt[];
  readonly #factsOf: ReadonlyMap<string, readonly Fact[]>;

  constructor(world: World, split: Split, random: Random) {
    this.world = world;
    this.split = split;
    this.random = random;
    this.cities = world.objects.city;
    this.people = world.objects.person;
    const { documents } = world.size;
    const isTest = split === 'test';
    this.asked = world.facts.filter(({ use }) => (isTest ? use === 'held' : isOpen(use, split)));
    this.shown = world.facts.filter(({ use }) => isOpen(use, isTest ? 'train' : split));
    this.#factsOf = new Map(
      world.entities.map(({ id }) => [
        id,
        world.facts.filter(({ subject, use }) => subject === id && (isTest || isOpen(use, split))),
      ]),
    );
    this.programs = codingProblems(world, isTest ? 'test' : 'train', PROGRAMS);
    this.items = news(world, NEWS_SPLITS[split], 2 * documents.news);
    this.problems = arithmeticProblems(world, isTest ? 'test' : 'train', PROBLEMS);
    this.beginnings = toxicPrompts(world, isTest ? 'test' : 'train');
  }

  /** Draws an entity with at least so many facts that may be stated, and these in random order. */
  entity(least: number): { entity: Entity; facts: Fact[] } {
    const entity = this.random.choose(
      this.world.entities.filter(({ id }) => this.factsOf(id).length >= least),
    );
    return { entity, facts: this.random.shuffle(this.factsOf(entity.id)) };
  }

  /** Returns the facts of an entity that may be stated. */
  factsOf(id: string): readonly Fact[] {
    return this.#factsOf.get(id) ?? [];
  }

  /** Draws values together, such that no combination is in tests and in training too. */
  combination<Values extends Slots>(draw: () => Values): Values {
    for (;;) {
      const values = draw();
      const isTested = hash64(Object.values(values).join('/')) % TESTED === 0n;
      if (isTested === (this.split === 'test')) return values;
    }
  }

  /** States a fact as answers do, in one of their ways, drawn by `words`. */
  said(fact: Fact, words: Random): string {
    return statement(claimOf(this.world, fact), words.choose(WAYS));
  }
}

/** Returns whether facts of a use may be stated in a split of training. */
function isOpen(use: Fact['use'], split: Split): boolean {
  return split === 'forum' ? use === 'asked' : use !== 'held';
}
