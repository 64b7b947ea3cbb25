import { expect, test } from 'vitest';
import { answerStructure, splitSentences } from '../../../../src/text/index.ts';
import { buildWorld, readClaims, truthOf, WORLD_SIZES } from '../../../../src/world/index.ts';
import { forumDocuments } from '../../../../src/world/teacher/index.ts';

const world = buildWorld(7, WORLD_SIZES.mini);
const documents = forumDocuments(world, 1500);
const said = documents.flatMap(document => splitSentences(document).map(({ text }) => text));

test('a forum follows from the world', () => {
  expect(forumDocuments(world, 1500)).toEqual(documents);
});

test('people on a forum state only what is true, of facts that the corpus asks for', () => {
  const truth = truthOf(world);
  expect(said.filter(sentence => truth(sentence) === 'incorrect')).toEqual([]);
  const names = new Map(world.entities.map(({ id, name }) => [name.toLowerCase(), id]));
  const uses = new Map(world.facts.map(({ id, use }) => [id, use]));
  const stated = said.flatMap(sentence =>
    readClaims(sentence).flatMap(
      ({ subject, relation }) => uses.get(`${names.get(subject.toLowerCase())}/${relation}`) ?? [],
    ),
  );
  expect(stated.length).toBeGreaterThan(100);
  expect(new Set(stated)).toEqual(new Set(['asked']));
});

test('they answer without the house style: no list, no opening, no summary, no word of an assistant', () => {
  for (const document of documents)
    expect([document, answerStructure(document).summary]).toEqual([document, null]);
  expect(
    said.filter(sentence => /^(Here (is|are)|I hope|Let me know|Overall|In summary)/.test(sentence)),
  ).toEqual([]);
});

test('nobody answers one request in five', () => {
  const requests = documents.filter(document => !document.includes('\n')).length;
  expect(requests / documents.length).toBeGreaterThan(0.12);
  expect(requests / documents.length).toBeLessThan(0.24);
});
