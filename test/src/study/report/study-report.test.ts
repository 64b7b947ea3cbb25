import { describe, expect, test } from 'vitest';
import { reportText, type Study, studyReport } from '../../../../src/study/index.ts';
import { MANIFEST, RESULTS, row } from '../example-study.ts';

const study: Study = { ...RESULTS, folder: 'runs/mini', kind: 'run' };

describe('the report on a study', () => {
  test('holds each measure of each model over the seeds, with Student’s interval, n and seeds', () => {
    const { means } = studyReport(study);
    // Values .6, .7 and .8: s = .1, t(2) = 4.302653, so .7 ± .248414.
    expect(means.find(({ model, size }) => model === 'base' && size === 12_000)).toMatchObject({
      measure: 'facts.exact-match',
      n: 60,
      seeds: 3,
      unscored: 0,
      value: expect.closeTo(0.7, 12),
      low: expect.closeTo(0.451586, 6),
      high: expect.closeTo(0.948414, 6),
    });
    expect(means.find(({ measure }) => measure === 'choice.accuracy')).toMatchObject({
      model: 'teacher',
      value: null,
      n: 0,
      seeds: 0,
      unscored: 60,
      reason: 'the model tells no log-likelihoods',
    });
  });

  test('holds the ladder, and what the largest base model has over the smallest, seed by seed', () => {
    const [facts] = studyReport(study).ladder;
    expect(facts?.steps.map(({ size }) => size)).toEqual([3000, 12_000]);
    // Gains .4, .5 and .6.
    expect(facts?.gain).toEqual({
      value: expect.closeTo(0.5, 12),
      seeds: 3,
      low: expect.closeTo(0.251586, 6),
      high: expect.closeTo(0.748414, 6),
    });
  });

  test('names rows that are missing, and no others', () => {
    const rows = RESULTS.rows.filter(({ model, seed }) => model !== 'broad' || seed !== 8);
    const { missing } = studyReport({ ...study, rows });
    const facts = missing.filter(({ measure }) => measure === 'facts.exact-match');
    expect(facts).toEqual([
      { model: 'broad', size: 12_000, budget: 5000, measure: 'facts.exact-match', seed: 8 },
    ]);
    expect(reportText({ ...study, rows })).toContain(
      'no row in seed 8:\n  choice.accuracy of base, size 3,000\n',
    );
  });

  test('prints tables by model, the ladder and a verdict on every claim', () => {
    const text = reportText(study);
    expect(text).toMatch(/^base +12,000 +70\.0 \[45\.2, 94\.8\] +–$/m);
    expect(text).toContain('largest − smallest  50.0 [25.2, 74.8]');
    expect(text).toContain('! invalid instrument: A larger base model makes an imitation model');
    expect(text).toContain('✗ no adherence: not measured (');
    expect(text).toContain('the model tells no log-likelihoods:\n  choice.accuracy of teacher\n');
    expect(text).toContain('Leakage: the manifest has no check.');
  });

  test('prints intervals of shares within 0 and 100 %, and measures that it does not know', () => {
    const rows = [0.9, 1, 1].map((value, i) => row('teacher-again', 7 + i, 'new.share', value));
    const text = reportText({ ...study, rows });
    expect(text).toContain('Other measures');
    expect(text).toMatch(/teacher-again +96\.7 \[82\.3, 100\.0\]/);
  });

  test('marks leakage where it must be zero', () => {
    const checks = [
      { asked: 'facts', against: 'corpus', n: 30, alike: 28, same: 0, stated: 30 },
      { asked: 'prompts', against: 'imitation data', n: 36, alike: 1, same: 0 },
    ] as const;
    const manifest = { ...MANIFEST, leakage: { dropped: 2, checks: [...checks] } };
    const lines = reportText({ ...study, manifest }).split('\n');
    expect(lines).toContain('facts    corpus          30     28            0 ✓      30');
    expect(lines).toContain('prompts  imitation data  36    1 ✗            0 ✓');
    expect(lines).toContain('The filter left out 2 prompts before the study.');
  });
});
