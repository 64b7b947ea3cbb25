import { expect, test } from 'vitest';
import { splitSentences } from '../../../src/text/index.ts';
import {
  buildWorld,
  claimOf,
  corpus,
  corpusByKind,
  nounQuestionOf,
  questionOf,
  readClaims,
  WORLD_SIZES,
  type World,
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
