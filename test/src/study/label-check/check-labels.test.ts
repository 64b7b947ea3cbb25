import { describe, expect, test } from 'vitest';
import { checkLabels, lookUpIn, verdictOf } from '../../../../src/study/index.ts';
import { buildWorld, claimOf, statement, WAYS, WORLD_SIZES } from '../../../../src/world/index.ts';
import { drawnStudy } from '../drawn-study.ts';

describe('a look-up of its own', () => {
  const world = buildWorld(7, WORLD_SIZES.tiny);
  const lookUp = lookUpIn(world);

  test('finds every fact of a world, however it is stated, and only it', () => {
    for (const fact of world.facts) {
      const claim = claimOf(world, fact);
      for (let way = 0; way < WAYS; way++) {
        const sentence = statement(claim, way);
        expect(lookUp(sentence), sentence).toEqual({ facts: [claim], verdict: 'correct' });
      }
    }
  });

  test('contradicts what names another object, and does not judge what names no subject', () => {
    const [fact] = world.facts;
    if (!fact) throw new Error('a world has facts');
    const claim = claimOf(world, fact);
    expect(lookUp(statement({ ...claim, object: 'Nowhere' }, 0)).verdict).toBe('incorrect');
    expect(lookUp(statement({ ...claim, subject: 'Nobody' }, 0))).toEqual({
      facts: [],
      verdict: 'ambiguous',
    });
  });

  test('takes words for whole', () => {
    const facts = [{ subject: 'Bonaburg', relation: 'dish', object: 'tea' }];
    expect(verdictOf('Bonaburg is famous for its tea.', facts)).toBe('correct');
    expect(verdictOf('Bonaburg is famous for its steam.', facts)).toBe('incorrect');
  });
});

describe('the labels of a study', () => {
  const study = drawnStudy();

  test('are all as the look-up says', () => {
    const checked = checkLabels(study, { count: Number.POSITIVE_INFINITY });
    expect(checked.length).toBeGreaterThan(50);
    expect(checked.filter(({ label, lookedUp }) => label !== lookedUp)).toEqual([]);
    expect(new Set(checked.map(({ label }) => label))).toEqual(new Set(['correct', 'incorrect']));
  });

  test('are drawn from every model by turns, and the same by the same seed', () => {
    const drawn = checkLabels(study, { count: 10 });
    expect(drawn).toHaveLength(10);
    expect(new Set(drawn.map(({ model }) => model))).toEqual(new Set(['teacher', 'broad']));
    expect(checkLabels(study, { count: 10 })).toEqual(drawn);
    expect(checkLabels(study, { count: 10, seed: 1 })).not.toEqual(drawn);
  });

  test('are not checked by the facts of another world', () => {
    const [fact, ...facts] = study.facts;
    if (!fact) throw new Error('a study has facts');
    const other = { ...study, facts: [...facts, { ...fact, reference: 'Nowhere' }] };
    expect(() => checkLabels(other)).toThrow(
      `this version draws another world from seed 7: ${fact.promptId} was Nowhere, and is ${fact.reference}`,
    );
    const unknown = { ...study, facts: [{ ...fact, promptId: 'city-99/river' }] };
    expect(() => checkLabels(unknown)).toThrow('city-99/river was');
    const outside = { ...study, manifest: { ...study.manifest, config: {} } };
    expect(() => checkLabels(outside)).toThrow('a world of tiny or mini is required');
  });
});
