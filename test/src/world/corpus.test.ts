import { describe, expect, test } from 'vitest';
import { splitSentences } from '../../../src/text/index.ts';
import {
  broadInstructions,
  buildWorld,
  claimOf,
  corpus,
  corpusByKind,
  nounQuestionOf,
  questionOf,
  readClaims,
  WORLD_SIZES,
  type World,
  wordEncoder,
  worldTokenizer,
} from '../../../src/world/index.ts';

const wordsOf = (texts: readonly string[]) => texts.flatMap(text => text.match(/\p{L}+/gu) ?? []);
/** Texts without the documents of statements. */
const withoutStatements = (world: World) =>
  corpusByKind(world)
    .filter(({ kind }) => kind !== 'statements')
    .flatMap(({ documents }) => documents);

test('a corpus follows from its world, and another world has another', () => {
  const world = buildWorld(101, WORLD_SIZES.tiny);
  expect(corpus(world, ['Some rare words'])).toEqual(corpus(world, ['Some rare words']));
  expect(corpus(buildWorld(102, WORLD_SIZES.tiny))).not.toEqual(corpus(world));
});

test.each([101, 102, 103, 104])(
  'in the world of seed %i no document but statements states or asks for a held fact',
  seed => {
    const world = buildWorld(seed, WORLD_SIZES.tiny);
    const held = world.facts.filter(({ use }) => use === 'held').map(fact => claimOf(world, fact));
    const texts = withoutStatements(world);
    const keys = new Set(held.map(({ subject, relation }) => `${subject.toLowerCase()}/${relation}`));
    const claims = texts
      .flatMap(text => text.split('\n').flatMap(line => splitSentences(line)))
      .flatMap(({ text }) => readClaims(text));
    expect(claims.length).toBeGreaterThan(10);
    expect(
      claims.filter(({ subject, relation }) => keys.has(`${subject.toLowerCase()}/${relation}`)),
    ).toEqual([]);
    const whole = texts.join('\n');
    expect(held.filter(claim => whole.includes(questionOf(claim)))).toEqual([]);
    expect(held.filter(claim => whole.includes(nounQuestionOf(claim)))).toEqual([]);
  },
);

test('each rare word of what models read later is in the corpus 60 times, and each frequent one as before', () => {
  const world = buildWorld(7, WORLD_SIZES.tiny);
  const later = ['Zephyrs of the world, unite!', 'zephyrs'];
  const count = (documents: readonly string[], word: string) =>
    wordsOf(documents).filter(found => found === word).length;
  const [before, after] = [corpus(world), corpus(world, later)];
  for (const word of ['Zephyrs', 'zephyrs', 'unite'])
    expect([word, count(before, word), count(after, word)]).toEqual([word, 0, 60]);
  expect(count(before, 'of')).toBeGreaterThan(60);
  expect(count(after, 'of') - count(before, 'of')).toBe(0);
});

describe("the corpus of mini's world", () => {
  const world = buildWorld(101, WORLD_SIZES.mini);
  const kinds = corpusByKind(world);
  const documents = kinds.flatMap(kind => kind.documents);
  const encode = wordEncoder(worldTokenizer(documents));

  test('has the mixture of kinds that was found to work, in thousands of tokens', () => {
    const thousands = new Map(
      kinds.map(({ kind, documents }) => [
        kind,
        documents.reduce((sum, text) => sum + encode(text).length + 1, 0) / 1000,
      ]),
    );
    const ranges: Record<string, [number, number]> = {
      statements: [400, 500],
      questions: [35, 55],
      forum: [430, 600],
      copying: [200, 250],
      sums: [65, 95],
      examples: [55, 80],
      programs: [35, 50],
      summaries: [12, 22],
      news: [7, 15],
      handbooks: [24, 36],
      toxic: [15, 25],
    };
    for (const [kind, [low, high]] of Object.entries(ranges)) {
      expect(thousands.get(kind), kind).toBeGreaterThan(low);
      expect(thousands.get(kind), kind).toBeLessThan(high);
    }
    const total = [...thousands.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(1200);
    expect(total).toBeLessThan(1600);
  });

  test('shares its names with imitation data, and its trades, themes and dishes with tests too', () => {
    const { entities, objects } = world;
    const names = entities.flatMap(({ name }) => name.split(' '));
    const values = [...objects.profession, ...objects.theme, ...objects.dish];
    const wordsOfSplit = (split: 'train' | 'test', count: number) =>
      new Set(
        wordsOf(broadInstructions(world, split, count).flatMap(({ text, answers }) => [text, ...answers])),
      );
    const [train, tests] = [wordsOfSplit('train', 6000), wordsOfSplit('test', 1500)];
    expect([...names, ...values].filter(word => !train.has(word))).toEqual([]);
    expect(values.filter(word => !tests.has(word))).toEqual([]);
    const inCorpus = new Set(wordsOf(withoutStatements(world)));
    expect([...names, ...values].filter(word => !inCorpus.has(word))).toEqual([]);
  });
});
