import { expect, test } from 'vitest';
import { checkLabels, verifyStudy } from '../../../../src/study/index.ts';
import { readStudy, recordedStudy, scaleOf } from '../../../../src/study/pipeline/open-study.ts';
import { planWorldStudy } from '../../../../src/study/pipeline/plan-study.ts';
import { planHash } from '../../../../src/study/pipeline/record-study.ts';
import { isOfThisVersion } from '../../../../src/study/pipeline/same-version.ts';

test('the recorded study has the configuration and the plan of its scale, or nothing builds its world again', async () => {
  const study = await readStudy(recordedStudy());
  const { config, runs } = planWorldStudy(scaleOf(study), study.manifest.seeds);
  if (planHash(runs) === study.manifest.plan) {
    expect(isOfThisVersion(study.manifest)).toBe(true);
    expect(study.manifest.config).toEqual(config);
    return;
  }
  const why = 'was made by another version of its world, stages or settings';
  expect(() => checkLabels(study)).toThrow(why);
  await expect(verifyStudy()).rejects.toThrow(why);
});

test('a study is of this version by the stages, settings and seeds of its plan', () => {
  const plan = planHash(planWorldStudy('tiny', [1, 2]).runs);
  expect(isOfThisVersion({ scale: 'tiny', seeds: [1, 2], plan })).toBe(true);
  expect(isOfThisVersion({ scale: 'tiny', seeds: [1, 3], plan })).toBe(false);
  expect(isOfThisVersion({ scale: 'mini', seeds: [1, 2], plan })).toBe(false);
  expect(isOfThisVersion({ scale: 'full', seeds: [1, 2], plan })).toBe(false);
});
