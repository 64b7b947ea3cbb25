import { expect, test } from 'vitest';
import { splitSentences } from '../../../src/text/index.ts';
import {
  arithmeticProblems,
  buildWorld,
  claimOf,
  codingProblems,
  corpus,
  corpusByKind,
  factQuestions,
  type NewsSplit,
  news,
  questionOf,
  readClaims,
  statement,
  toxicity,
  toxicPrompts,
  truthOf,
  WAYS,
  WORLD_SIZES,
} from '../../../src/world/index.ts';

const SEEDS = [1, 2, 3, 101, 102];
const worlds = SEEDS.map(seed => buildWorld(seed, WORLD_SIZES.tiny));
const [world = buildWorld(1, WORLD_SIZES.tiny)] = worlds;

test('a world follows from its seed, and another seed makes another', () => {
  expect(buildWorld(1, WORLD_SIZES.tiny)).toEqual(world);
  const names = (seed: number) =>
    new Set(buildWorld(seed, WORLD_SIZES.tiny).entities.map(({ name }) => name));
  expect([...names(2)].filter(name => names(1).has(name))).toEqual([]);
});

test.each(SEEDS)(
  'in the world of seed %i no name is part of another, and every fact has one object',
  seed => {
    const { entities, facts, objects } = buildWorld(seed, WORLD_SIZES.mini);
    const names = entities.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(names.filter(other => other.includes(name))).toEqual([name]);
    expect(facts).toHaveLength(4 * entities.length);
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
    expect(facts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    const known = new Set(Object.values(objects).flat());
    for (const { object } of facts) expect(known).toContain(object);
  },
);

test('a country’s capital is one of its cities', () => {
  for (const { facts, entities } of worlds) {
    const idOf = (name: string) => entities.find(entity => entity.name === name)?.id;
    for (const { subject, object } of facts.filter(({ relation }) => relation === 'capital')) {
      const home = facts.find(fact => fact.subject === idOf(object) && fact.relation === 'country');
      expect(idOf(home?.object ?? '')).toBe(subject);
    }
  }
});

test('each way to state a fact is understood, and is true of no other object', () => {
  const truth = truthOf(world);
  for (const fact of world.facts) {
    const claim = claimOf(world, fact);
    for (let way = 0; way < WAYS; way++) {
      expect([statement(claim, way), truth(statement(claim, way))]).toEqual([
        statement(claim, way),
        'correct',
      ]);
      const other = world.facts.find(
        ({ relation, object }) => relation === fact.relation && object !== fact.object,
      );
      if (other === undefined) continue;
      const wrong = statement({ ...claim, object: other.object }, way);
      expect([wrong, truth(wrong)]).toEqual([wrong, 'incorrect']);
    }
  }
});

test('a sentence that claims nothing, or something of nobody, is neither true nor false', () => {
  const truth = truthOf(world);
  const [fact] = world.facts;
  const claim = claimOf(world, fact as (typeof world.facts)[number]);
  for (const sentence of [
    'I hope that this helps.',
    'Overall, it is fine.',
    statement({ ...claim, subject: 'Nobody Known' }, 0),
    statement({ ...claim, object: 'the of the' }, 0),
    questionOf(claim),
    'is the of',
  ])
    expect([sentence, truth(sentence)]).toEqual([sentence, 'ambiguous']);
  expect(truth(`1. ${statement(claim, 1)}`)).toBe('correct');
  expect(truth(`Overall, ${statement(claim, 2).replace(/^The/, 'the')}`)).toBe('correct');
  expect(readClaims('The weather is bad.')).toEqual([]);
});

test('the corpus holds each fact as often as its weight says, and every statement in it is true', () => {
  const stated = new Map<string, number>();
  const truth = truthOf(world);
  for (const { kind, documents } of corpusByKind(world))
    for (const { text: sentence } of documents.flatMap(splitSentences)) {
      expect([sentence, truth(sentence)]).not.toEqual([sentence, 'incorrect']);
      if (kind === 'statements') stated.set(sentence, (stated.get(sentence) ?? 0) + 1);
    }
  const total = world.size.exposures * world.facts.length;
  for (const fact of world.facts) {
    const claim = claimOf(world, fact);
    const times = Array.from({ length: WAYS }, (_, way) => stated.get(statement(claim, way)) ?? 0);
    const expected = Math.max(1, Math.round(fact.weight * total));
    expect([fact.id, times.reduce((sum, count) => sum + count)]).toEqual([fact.id, expected]);
  }
  const most = world.facts.find(({ rank }) => rank === 1);
  const least = world.facts.find(({ rank }) => rank === world.facts.length);
  expect((most?.weight ?? 0) / (least?.weight ?? 1)).toBeGreaterThan(3);
});

test('the corpus asks for the facts of one use alone', () => {
  const questions = corpus(world)
    .filter(text => text.startsWith('Q:'))
    .join('\n');
  const named = (wanted: string) =>
    world.facts.filter(
      fact => fact.use === wanted && questions.includes(`Q: ${questionOf(claimOf(world, fact))}`),
    ).length;
  expect(named('asked')).toBe(world.facts.filter(({ use }) => use === 'asked').length);
  expect([named('imitated'), named('held')]).toEqual([0, 0]);
});

test('questions of tests are on facts that no document asks for, each with one right choice of its type', () => {
  const asked = factQuestions(world, 40);
  const inCorpus = corpus(world).join('\n');
  const factOf = new Map(world.facts.map(fact => [fact.id, fact]));
  for (const { id, question, answers, choices, relation, rank } of asked) {
    expect(factOf.get(id)).toMatchObject({ object: answers[0], relation, rank });
    expect(inCorpus).not.toContain(question);
    expect(new Set(choices).size).toBe(4);
    expect(choices.filter(choice => choice === answers[0])).toHaveLength(1);
  }
  // The right one is in each place by turns.
  expect(new Set(asked.map(({ choices, answers }) => choices.indexOf(answers[0])))).toEqual(
    new Set([0, 1, 2, 3]),
  );
  expect(inCorpus).toContain(factQuestions(world, 1, 'asked')[0]?.question);
  expect(() => factQuestions(world, 1000)).toThrow('that are held');
});

test('what tests ask is in no training text: sums, programs, news, beginnings', () => {
  const inCorpus = corpus(world).join('\n\n');
  for (const { question } of arithmeticProblems(world, 'test', 30)) expect(inCorpus).not.toContain(question);
  for (const { prompt } of codingProblems(world, 'test', 30)) expect(inCorpus).not.toContain(prompt);
  for (const { prompt } of toxicPrompts(world, 'test', 100)) expect(inCorpus).not.toContain(prompt);
  const pairs = (split: NewsSplit) => news(world, split, 100).map(item => item.highlights);
  const trained = new Set([...pairs('train'), ...pairs('imitation')]);
  expect(pairs('test').filter(highlights => trained.has(highlights))).toEqual([]);
});

test('a sum’s working leads to its answer', () => {
  for (const { question, working, answer } of arithmeticProblems(world, 'test', 40)) {
    const [first = 0, ...moved] = (question.match(/\d+/g) ?? []).map(Number);
    const comes = question.includes('put in') ? (moved.shift() ?? 0) : 0;
    const goes = moved.shift() ?? 0;
    expect(answer).toBe(String(first + comes - goes));
    const steps = [
      ...(comes ? [`${first} + ${comes} = ${first + comes}. `] : []),
      ...(goes ? [`${first + comes} - ${goes} = ${answer}. `] : []),
    ];
    expect(working).toBe(`${steps.join('')}#### ${answer}`);
  }
});

test('toxicity is that of the stated words, whatever is around them', () => {
  expect([
    toxicity('You Grobnak!'),
    toxicity('a vexlump'),
    toxicity('a vexlumpy friend'),
    toxicity(''),
  ]).toEqual([1, 1, 0, 0]);
});

test('a world that is too small is refused', () => {
  const { entities } = WORLD_SIZES.tiny;
  const size = { ...WORLD_SIZES.tiny, entities: { ...entities, book: 3 } };
  expect(() => buildWorld(1, size)).toThrow('at least 4 entities of each kind');
});
