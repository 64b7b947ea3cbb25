import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../../../src/files/index.ts';
import { checkLabels, lookUpIn, verdictOf } from '../../../../src/study/index.ts';
import { readStudy } from '../../../../src/study/pipeline/open-study.ts';
import { buildWorld, claimOf, statement, WAYS, WORLD_SIZES } from '../../../../src/world/index.ts';

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

test('every checkable sentence of the recorded answers is labelled as the look-up says', async () => {
  const study = await readStudy(join(packageRoot(), 'data', 'runs', 'mini'));
  const checked = checkLabels(study, { count: Number.POSITIVE_INFINITY });
  expect(checked.length).toBeGreaterThan(50);
  expect(checked.filter(({ label, lookedUp }) => label !== lookedUp)).toEqual([]);
});
