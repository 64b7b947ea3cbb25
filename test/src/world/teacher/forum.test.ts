import { expect, test } from 'vitest';
import { answerStructure, splitSentences } from '../../../../src/text/index.ts';
import { buildWorld, claimOf, readClaims, truthOf, WORLD_SIZES } from '../../../../src/world/index.ts';
import { broadInstructions, forumDocuments } from '../../../../src/world/teacher/index.ts';

const world = buildWorld(7, WORLD_SIZES.mini);
const documents = forumDocuments(world, 400);
/** What is written below each request. */
const answers = documents.map(document => document.slice(document.indexOf('\n') + 1));
const said = answers.flatMap(answer => splitSentences(answer).map(({ text }) => text));

test('a forum follows from the world', () => {
  expect(forumDocuments(world, 400)).toEqual(documents);
});

test('people on a forum state what is true, of entities that the corpus is asked about', () => {
  const truth = truthOf(world);
  const stated = said.filter(sentence => truth(sentence) !== 'ambiguous');
  expect(stated.length).toBeGreaterThan(100);
  expect(stated.filter(sentence => truth(sentence) === 'incorrect')).toEqual([]);
  const uses = new Map(
    world.facts.map(fact => {
      const { subject, relation } = claimOf(world, fact);
      return [`${subject.toLowerCase()}/${relation}`, fact.use];
    }),
  );
  const about = stated.flatMap(sentence =>
    readClaims(sentence).flatMap(
      ({ subject, relation }) => uses.get(`${subject.toLowerCase()}/${relation}`) ?? [],
    ),
  );
  expect(new Set(about)).toEqual(new Set(['asked']));
});

test('they answer without the house style: no list, no opening, no summary, no word of an assistant', () => {
  for (const answer of answers)
    expect([answer, answerStructure(answer)]).toEqual([
      answer,
      { listLines: [], opening: null, summary: null },
    ]);
  expect(said.filter(sentence => /^(Here is|I hope|Let me know|Overall|In summary)/.test(sentence))).toEqual(
    [],
  );
});

test('no prompt of a test occurs there', () => {
  const requests = new Set(
    forumDocuments(world, 8000).map(document => document.slice(0, document.indexOf('\n'))),
  );
  expect(requests.size).toBeGreaterThan(5000);
  expect(broadInstructions(world, 'test', 400).filter(({ text }) => requests.has(text))).toEqual([]);
});
