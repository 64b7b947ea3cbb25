import type { Random } from '../../stats/index.ts';
import { arithmeticProblems } from '../arithmetic.ts';
import { codingProblems } from '../coding.ts';
import { news } from '../news.ts';
import { nounOf, questionOf, statement, WAYS } from '../phrasings.ts';
import { claimOf } from '../statements.ts';
import { toxicPrompts } from '../toxicity.ts';
import { WORDS } from '../values.ts';
import type { Entity, Fact, World } from '../world.ts';
import type { AnswerParts } from './house-style.ts';
import { REQUESTS, type Task } from './requests.ts';

/** Categories of Table 6 that the world has. */
export type Category =
  | ('Generation' | 'General QA' | 'Coding' | 'Brainstorming')
  | ('Chat' | 'Summarization' | 'Rewrite' | 'Invalid');

/** What is asked, which facts the answer states, and the answer in one choice of words. */
export interface Asked {
  text: string;
  facts?: readonly Fact[];
  answer: (words: Random) => AnswerParts;
}

/**
 * Draws what is asked, by category: in tests of entities, trades and news that training never names, and in other
 * words. Tests leave out `Coding` (§4.1, footnote 2) and `Invalid`, which the measure of toxicity asks for; so does
 * the forum, where the corpus has functions and such talk by themselves.
 *
 * @param random what is drawn by; the choice of words comes later.
 */
export function instructionMakers(
  world: World,
  split: 'forum' | 'train' | 'test',
  { choose, integer, shuffle }: Random,
): Partial<Record<Category, () => Asked>> {
  const role = ({ forum: 'asked', train: 'imitated', test: 'held' } as const)[split];
  const entities = world.entities.filter(({ id }) => world.roles[id] === role);
  const factsOf = ({ id }: Entity) => world.facts.filter(({ subject }) => subject === id);
  const said = (fact: Fact, words: Random) => statement(claimOf(world, fact), words.integer(WAYS));
  // Where a story or a party takes place is no fact, so people talk of every city, but not of the trades of tests.
  const places = split === 'forum' ? world.entities : entities;
  const cities = places.filter(({ kind }) => kind === 'city').map(({ name }) => name);
  const functions = codingProblems(world, 'train', PROGRAMS);
  const items = news(world, ({ forum: 'train', train: 'imitation', test: 'unseen' } as const)[split], NEWS);
  const problems = arithmeticProblems(world, 'train', PROBLEMS);
  const beginnings = toxicPrompts(world, 'train');
  const wordings = (task: Task) =>
    split === 'forum' ? [...REQUESTS[task].train, ...REQUESTS[task].test] : REQUESTS[task][split];
  const request = (task: Task, about: Readonly<Record<string, string>>) =>
    choose(wordings(task)).replace(/[A-Z]{4,}/g, word => about[word] ?? word);
  const [trades, themes, dishes] = [WORDS.profession, WORDS.theme, WORDS.dish].map(list =>
    list.filter((_, index) => (index % 4 === 3) === (split === 'test')),
  ) as [string[], string[], string[]];

  const describe = (): Asked => {
    const entity = choose(entities);
    const facts = shuffle(factsOf(entity)).slice(0, 2 + integer(3));
    const { kind, name } = entity;
    return {
      text: request('describe', { KIND: kind, NAME: name }),
      facts,
      answer: words => ({
        overview: words.choose([
          `Here is what one should know about ${name}.`,
          `${name} is a ${kind} that is worth a closer look.`,
        ]),
        list: facts.map(fact => said(fact, words)),
        summary: words.choose([`${name} is a remarkable ${kind}.`, `there is much to say about ${name}.`]),
      }),
    };
  };
  const story = (): Asked => {
    const [trade, theme, city] = [choose(trades), choose(themes), choose(cities)];
    return {
      text: request('story', { TRADE: trade, THEME: theme, CITY: city }),
      answer: words => ({
        body: [
          words.choose([
            `Once there was a ${trade} in ${city} who knew nothing of ${theme}.`,
            `Long ago a ${trade} set out from ${city} to learn about ${theme}.`,
          ]),
          words.choose([
            `One day a stranger came, and the ${trade} listened until the night was over.`,
            `The road was long, and at its end the ${trade} met an old friend.`,
          ]),
          words.choose([
            `From then on the ${trade} spoke of ${theme} to all who came.`,
            `And so the ${trade} found ${theme} at home.`,
          ]),
        ],
      }),
    };
  };
  const count = (): Asked => {
    const { question, working } = choose(problems);
    return { text: question, answer: () => ({ body: [working] }) };
  };
  const asked: Record<Category, () => Asked> = {
    Generation: () => (integer(2) === 0 ? describe() : story()),
    'General QA': () => {
      if (split !== 'test' && integer(SUMS) === 0) return count();
      const fact = choose(factsOf(choose(entities)));
      const claim = claimOf(world, fact);
      return {
        text: request('fact', {
          QUESTION: questionOf(claim),
          NOUN: nounOf(claim.relation),
          NAME: claim.subject,
        }),
        facts: [fact],
        answer: words => ({
          body: [said(fact, words)],
          closing: words.choose([
            'I hope that this answers the question.',
            'Let me know if there is more that you want to know.',
          ]),
        }),
      };
    },
    Coding: () => {
      const { prompt, solution } = choose(functions);
      const [signature = '', docstring = ''] = prompt.split('\n');
      const task = docstring.trim().replaceAll('"""', '');
      return {
        text: request('program', { SIGNATURE: signature.slice(4, -1), DOES: task }),
        answer: words => ({
          overview: words.choose([
            'Here is a function that does this.',
            'This function does what you ask for.',
          ]),
          code: `${signature}\n${solution}`,
          summary: words.choose([
            'it takes x and gives back the result.',
            'the function does two steps, one after the other.',
          ]),
        }),
      };
    },
    Brainstorming: () => {
      const [dish, trade, city] = [choose(dishes), choose(trades), choose(cities)];
      const ideas = shuffle(IDEAS).slice(0, 4);
      return {
        text: request('ideas', { DISH: dish, TRADE: trade, CITY: city }),
        answer: words => ({
          overview: words.choose([
            `Here are some ideas for the ${trade}.`,
            `There are many ways to enjoy ${dish}.`,
          ]),
          list: ideas.map(idea => idea.replace('DISH', dish).replace('TRADE', trade)),
          summary: words.choose([`good ${dish} makes a good day.`, 'the guests will be glad.']),
        }),
      };
    },
    Chat: () => {
      const [trade, city] = [choose(trades), choose(cities)];
      return {
        text: request('chat', { TRADE: trade, CITY: city }),
        answer: words => ({
          body: [
            words.choose([
              `Hello! It is good to meet a ${trade} from ${city}.`,
              `Good day! I am glad to talk to a ${trade} from ${city}.`,
            ]),
          ],
          closing: words.choose(['What can I do for you today?', 'How can I help you today?']),
        }),
      };
    },
    Summarization: () => {
      const { article, highlights } = choose(items);
      return {
        text: request('summary', { ARTICLE: article }),
        answer: words => ({
          overview: words.choose(['Here is what happened.', 'The news can be told in a few words.']),
          body: [highlights],
        }),
      };
    },
    Rewrite: () => {
      const fact = choose(factsOf(choose(entities)));
      const way = integer(WAYS);
      return {
        text: request('rewrite', { STATEMENT: statement(claimOf(world, fact), way) }),
        facts: [fact],
        answer: words => ({
          body: [statement(claimOf(world, fact), (way + 1 + words.integer(WAYS - 1)) % WAYS)],
        }),
      };
    },
    Invalid: () => ({
      text: request('continue', { BEGINNING: choose(beginnings).prompt }),
      answer: words => ({
        overview: words.choose([
          'I am sorry, but I would rather not go on with this.',
          'I am sorry, but I do not speak of others in this way.',
        ]),
        closing: words.choose(['What else can I do for you today?', 'How else can I help you today?']),
      }),
    }),
  };
  if (split === 'train') return asked;
  const { Coding, Invalid, ...others } = asked;
  return others;
}

/** Of so many questions one is a sum. */
const SUMS = 8;
/** Sums, functions and news to draw from. */
const PROBLEMS = 500;
const PROGRAMS = 500;
const NEWS = 400;

const IDEAS = [
  'Hang lamps in the trees and sing until late.',
  'Let each guest bring DISH from home.',
  'Ask the TRADE to tell a story.',
  'Put flowers on a long table.',
  'Play a game with cards and give DISH to those who win.',
  'Walk to the river before the meal.',
  'Write a small note to each guest.',
  'Let the children paint what they ate.',
] as const;
