import { expect, test } from 'vitest';
import { lossFigure } from '../../../src/figure/index.ts';
import type { TrainingRow, TrainingSample } from '../../../src/schema.ts';

const rows = (count: number): TrainingRow[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{
      step: i + 1,
      epoch: 1,
      tokens: 8 * (i + 1),
      lossTokens: 8,
      loss: 1 / (i + 1),
      learningRate: 1e-3,
      gradNorm: 1,
    },
    ...{ tokensPerSecond: 1, memory: 1 },
  }));

test('a loss curve of many steps draws 2,000 of them at the most, the last among them, and carries all', () => {
  const figure = lossFigure(rows(4001));
  const [line] = figure.data as { x: number[]; y: number[] }[];
  expect(line?.x).toHaveLength(1334);
  expect([line?.x.at(-1), line?.y.at(-1)]).toEqual([4001, 1 / 4001]);
  expect(figure.rows).toHaveLength(4001);
});

test('without evaluations there is no second line, and without rows an empty one', () => {
  expect(lossFigure(rows(3)).data.map(({ name }) => name)).toEqual(['training']);
  expect(lossFigure([]).data).toMatchObject([{ x: [], y: [] }]);
});

test('the caption states the tokens behind each loss, and how many steps are drawn', () => {
  const caption = (given: TrainingRow[]) => JSON.stringify(lossFigure(given).layout.title);
  const evaluated = rows(3).map((row, i) => (i === 2 ? { ...row, evalLoss: 2, evalTokens: 1200 } : row));
  expect(caption(evaluated)).toContain(
    '"One run: n 8 supervised tokens a step; n 1,200 in each evaluation."',
  );
  expect(caption(rows(4001))).toContain('Drawn: 1334 of 4001 steps.');
  expect(caption([])).toContain('"text":""');
});

test('steps at which prompts were answered are points, over which the answers appear as they are', () => {
  const samples: TrainingSample[] = [
    { step: 2, prompt: 'Is 1 < 2?', text: 'Yes.', reference: 'It <b>is</b>.' },
    { step: 2, prompt: 'word '.repeat(100), text: null, error: { kind: 'rejected', message: 'no room' } },
    { step: 9, prompt: 'after the last row', text: '' },
  ];
  const [, points] = lossFigure(rows(3), { samples }).data as { x: number[]; y: number[]; text: string[] }[];
  expect([points?.x, points?.y]).toEqual([[2], [0.5]]);
  const [first, second = ''] = points?.text[0]?.split('<br><br>') ?? [];
  expect(first).toBe('<b>Is 1 &#60; 2?</b><br>answer: Yes.<br>reference: It &#60;b&#62;is&#60;/b&#62;.');
  expect(second).toMatch(/^<b>word( word){13}<br>word.*…<\/b><br>answer: \(no room\)$/);
  expect(second.match(/word/g)).toHaveLength(48);
});
