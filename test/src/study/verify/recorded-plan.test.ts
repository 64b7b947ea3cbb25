import { expect, test } from 'vitest';
import { verifyStudy } from '../../../../src/study/index.ts';
import { differingWorld } from '../../../../src/study/pipeline/differing-world.ts';
import { readStudy, recordedStudy, scaleOf } from '../../../../src/study/pipeline/open-study.ts';
import { planWorldStudy } from '../../../../src/study/pipeline/plan-study.ts';
import { planHash } from '../../../../src/study/pipeline/record-study.ts';

test('the recorded study has the configuration and the plan of its scale, or is refused as of another world', async () => {
  const study = await readStudy(recordedStudy());
  const difference = differingWorld(study);
  if (difference !== undefined) {
    await expect(verifyStudy()).rejects.toThrow(difference);
    return;
  }
  const { config, runs } = planWorldStudy(scaleOf(study), study.manifest.seeds);
  expect(study.manifest.config).toEqual(config);
  expect(study.manifest.plan).toBe(planHash(runs));
});
