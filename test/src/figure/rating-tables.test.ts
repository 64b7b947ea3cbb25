import { expect, test } from 'vitest';
import { loadPaperData } from '../../../src/data/paper.ts';
import { figure7, ratingAgreementTable, ratingVoteTable } from '../../../src/figure/index.ts';
import type { Rating } from '../../../src/schema.ts';

/** Votes of three raters on pairs of the teacher, `T`, left and a model right: one letter each, `l`, `r` or `t`. */
function votes(model: string, pairs: Readonly<Record<string, string>>): Rating[] {
  const choices = { l: 'left', r: 'right', t: 'tie' } as const;
  return Object.entries(pairs).flatMap(([promptId, said]) =>
    [...said].map((letter, rater) => ({
      ...{ promptId, annotator: `rater ${rater + 1}`, left: 'T', right: model },
      choice: choices[letter as keyof typeof choices],
      ...{ contentHash: 'same', at: '' },
    })),
  );
}

const shared = { evidence: 'live' as const, reference: 'T' };

test('agreement is counted over all pairs, and raters who have not voted are listed too', () => {
  // Of three pairs of raters 3, 1 and 1 agree; of all nine votes four are for each answer and one for neither.
  const ratings = [...votes('M', { p: 'lll', q: 'rrl' }), ...votes('N', { p: 'rrt' })];
  const { rows, html } = ratingAgreementTable([
    { ...shared, raters: 'People', ratings },
    { ...shared, raters: 'Others', ratings: [] },
  ]);
  expect(rows[0]).toMatchObject({ raters: 'People', annotators: 3, pairs: 3, votes: 9, disagreements: 0 });
  const [observed, chance] = [(3 + 1 + 1) / 9, (4 / 9) ** 2 + (4 / 9) ** 2 + (1 / 9) ** 2];
  expect(rows[0]?.kappa).toBeCloseTo((observed - chance) / (1 - chance), 12);
  expect(rows[1]).toMatchObject({
    raters: 'Others',
    votes: 0,
    kappa: null,
    alpha: null,
    disagreements: null,
  });
  expect(html).toContain('<td>none yet</td>');
});

test('preference of raters is reported model by model, by majority', () => {
  const ratings = [...votes('M', { p: 'lll', q: 'rrl', r: 'rtl' }), ...votes('N', { p: 'rrt' })];
  const columns = [
    { id: 'T', label: 'Teacher', role: 'teacher' as const },
    { id: 'M', label: 'Small', role: 'imitation' as const },
    { id: 'N', label: 'Large', role: 'imitation' as const },
  ];
  const { rows } = ratingVoteTable([{ ...shared, raters: 'People', ratings }], columns);
  expect(rows).toMatchObject([
    { model: 'Small', raters: 'People', wins: 1, ties: 1, losses: 1, n: 3, value: 2 / 3 },
    { model: 'Large', raters: 'People', wins: 1, ties: 0, losses: 0, n: 1, value: 1 },
  ]);
});

test('figure 7 prints the paper’s question, criteria and three options', async () => {
  const { rows, html } = figure7(await loadPaperData('fig7'));
  expect(rows.filter(({ part }) => part === 'Criteria')).toHaveLength(5);
  expect(rows.filter(({ part }) => part === 'Options').map(({ text }) => text)).toEqual([
    'Output 1 is of higher overall quality',
    'Output 2 is of higher overall quality',
    'Both 1 and 2 are the same in overall quality',
  ]);
  expect(html).toContain('Which of the two outputs are higher quality responses to the input?');
});
