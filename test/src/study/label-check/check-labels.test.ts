import { describe, expect, test } from 'vitest';
import type { StudyAnswer } from '../../../../src/schema.ts';
import { checkLabels, lookUpIn, verdictOf } from '../../../../src/study/index.ts';
import { planWorldStudy } from '../../../../src/study/pipeline/plan-study.ts';
import { planHash } from '../../../../src/study/pipeline/record-study.ts';
import {
  buildWorld,
  claimOf,
  statement,
  truthLabels,
  WAYS,
  WORLD_SIZES,
} from '../../../../src/world/index.ts';
import { MANIFEST } from '../example-study.ts';

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

describe('a study of this version', () => {
  const world = buildWorld(7, WORLD_SIZES.tiny);
  const plan = planHash(planWorldStudy('tiny', [7]).runs);
  const manifest = { ...MANIFEST, scale: 'tiny', seeds: [7], config: { world: 'tiny' }, plan };
  const label = truthLabels(world);
  /** Answers that state facts, each truly and with another object. */
  const answers = world.facts.slice(0, 40).map((fact, i): StudyAnswer => {
    const claim = claimOf(world, fact);
    const sentence = (object: string) => statement({ ...claim, object }, i % WAYS);
    const text = `${sentence(fact.object)} ${sentence(`${fact.object}ish`)}`;
    const promptId = `p${i}`;
    return {
      ...{ promptId, prompt: '', category: 'General QA', facts: [], finish: 'stop', evidence: 'live' },
      ...{ model: 'base', size: 1, budget: null, seed: 7, text, confidence: null },
      labels: label({ promptId, model: 'base', text }),
    };
  });

  test('has every checkable sentence labelled as the look-up says', () => {
    const checked = checkLabels({ answers, manifest }, { count: Number.POSITIVE_INFINITY });
    expect(checked.length).toBeGreaterThan(50);
    expect(checked.filter(({ label, lookedUp }) => label !== lookedUp)).toEqual([]);
  });

  test('is told from one of another version, whose world is another', () => {
    expect(() => checkLabels({ answers, manifest: { ...manifest, plan: 'ab' } })).toThrow(
      'Cannot check labels: the study of scale tiny and seeds 7 was made by another version',
    );
  });
});
