import { expect, test } from 'vitest';
import {
  broadInstructions,
  buildWorld,
  forumThreads,
  sharedWordings,
  taskInstructions,
  WORLD_SIZES,
  wordingOf,
} from '../../../../src/world/index.ts';
import { TASKS } from '../../../../src/world/teacher/index.ts';

test('a wording is what is left of a request when its values are blanked', () => {
  const slots = { trade: 'baker', city: 'Rumoton', dish: 'tea' };
  expect(wordingOf({ text: 'Tea, teacher! Tell the BAKER of Rumoton: tea.', slots })).toBe(
    'DISH teacher tell the TRADE of CITY DISH',
  );
  expect(wordingOf({ text: 'Hello, Anna Bo!', slots: { first: 'Anna', name: 'Anna Bo' } })).toBe(
    'hello NAME',
  );
  expect(wordingOf({ text: '1. Hello.\n2. You!', slots: {} })).toBe('1 hello 2 you');
});

test.each([101, 102, 103])(
  'forum, imitation data and tests share no wording in the world of seed %i',
  seed => {
    const world = buildWorld(seed, WORLD_SIZES.mini);
    const forum = forumThreads(world, 1200);
    const train = broadInstructions(world, 'train', 1200);
    const test = broadInstructions(world, 'test', 400);
    expect(sharedWordings({ forum, train, test })).toEqual([]);
    // Wordings of tests are the same for all worlds; none is left out.
    const refusals = taskInstructions(world, 'test', 'refuse', 100);
    expect(new Set(refusals.map(wordingOf)).size).toBe(TASKS.refuse.wordings.test.length);
  },
);

test('a wording that is shared is found, also among other words', () => {
  const slots = { trade: 'baker', city: 'Rumoton' };
  const asked = { text: 'A story of a baker in Rumoton, please.', slots };
  const other = { text: 'Sing of Rumoton', slots: { city: 'Rumoton' } };
  const inOther = {
    text: 'Hello! a story of a sailor, in Bobastad: please, thanks',
    slots: { trade: 'sailor', city: 'Bobastad' },
  };
  const wording = 'a story of a TRADE in CITY please';
  expect(sharedWordings({ forum: [inOther], train: [other], test: [asked] })).toEqual([
    { split: 'test', within: 'forum', wording },
  ]);
  expect(sharedWordings({ forum: [other], train: [inOther], test: [asked] })).toEqual([
    { split: 'test', within: 'train', wording },
  ]);
  expect(sharedWordings({ forum: [asked], train: [asked, other], test: [] })).toEqual([
    { split: 'train', within: 'forum', wording },
  ]);
  expect(sharedWordings({ forum: [other], train: [asked], test: [inOther] })).toEqual([]);
});

test('no wording of tests is one of the others with a word or two exchanged', () => {
  for (const { task, wordings } of Object.values(TASKS)) {
    const others = [...wordings.train, ...wordings.forum].map(words);
    for (const wording of wordings.test) {
      const own = words(wording);
      const nearest = Math.min(...others.map(other => differences(own, other)));
      expect([task, wording, nearest > 2]).toEqual([task, wording, true]);
    }
  }
});

test('each task has at least five wordings for tests, and more for training, in each of which it names all that it needs', () => {
  for (const { task, shares, wordings } of Object.values(TASKS)) {
    expect([
      task,
      wordings.test.length >= 5,
      wordings.train.length >= 12,
      wordings.forum.length >= 8,
    ]).toEqual([...[task, true, true, true]]);
    expect([task, shares.train > 0]).toEqual([task, true]);
  }
});

function words(wording: string): string[] {
  return wordingOf({ text: wording, slots: {} }).split(' ');
}

/** Counts the words to insert, delete or exchange (Levenshtein). */
function differences(one: readonly string[], other: readonly string[]): number {
  let row = other.map((_, index) => index + 1);
  one.forEach((word, i) => {
    let diagonal = i;
    let left = i + 1;
    row = row.map((above, j) => {
      left = Math.min(diagonal + (word === other[j] ? 0 : 1), above + 1, left + 1);
      diagonal = above;
      return left;
    });
  });
  return row.at(-1) ?? one.length;
}
