import { describe, expect, test } from 'vitest';
import { STUDY_SCALES } from '../../../src/study/config/world-study.ts';
import { deviations, deviationsTable } from '../../../src/study/index.ts';

describe.each(['tiny', 'mini'] as const)('the deviations of the study %s', scale => {
  const rows = deviations(scale);

  test('each say what the paper has, what this study has instead, and why', () => {
    expect(new Set(rows.map(({ setting }) => setting)).size).toBe(rows.length);
    for (const { paper, here, reason } of rows) {
      expect(here).not.toBe(paper);
      expect(reason).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('follow from its settings', () => {
    const { finetune, asked, bases } = STUDY_SCALES[scale];
    const here = (setting: string) => rows.find(row => row.setting === setting)?.here;
    expect(here('Learning rate')).toContain(String(finetune.learningRate));
    expect(here('Blocks')).toContain(`${finetune.sequenceLength} tokens`);
    expect(here('Prompts that are judged')).toContain(String(asked.prompts));
    expect(here('Base models')?.match(/parameters/g)).toHaveLength(bases.length);
  });

  test('are a table with a line each', () => {
    const table = deviationsTable(scale);
    expect(table.text.split('\n')).toHaveLength(rows.length);
    expect(table.rows[0]).toEqual(rows[0]);
  });
});
