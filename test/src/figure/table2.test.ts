import { describe, expect, test } from 'vitest';
import { loadPaperData } from '../../../src/data/paper.ts';
import {
  liveTable2Rows,
  ROWS_MIME,
  reportedTable2Rows,
  table2,
  table2Figure,
} from '../../../src/figure/index.ts';
import { DISPLAY } from '../../../src/notebook/index.ts';
import { table2Rows } from '../../../src/published/index.ts';
import { PLOTLY_MIME, type StudyRow } from '../../../src/schema.ts';
import type { summarizeStyle } from '../../../src/text/index.ts';
import { studyRow } from './study-rows.ts';

const style = {
  n: 3,
  list: { value: 0.5, low: 0.1, high: 0.9, n: 2 },
  listWithout: { value: 0, low: 0, high: 0, n: 1 },
  listDifference: { value: 0.5, low: -0.25, high: 0.75, n: 3 },
  summary: { value: null, low: null, high: null, n: 0 },
  summaryWithout: { value: 1, low: 1, high: 1, n: 3 },
  summaryDifference: { value: null, low: null, high: null, n: 3 },
  unigram: { value: 43.88, low: 40.12, high: 47.65, n: 3 },
  length: { value: -0.125, low: -0.5, high: 0.25, n: 3 },
} satisfies ReturnType<typeof summarizeStyle>;

const column = { records: 'FastChat-80', evidence: 'public', teacher: 'ChatGPT', model: '<Vicuna>' } as const;

test('the reported table holds the 25 printed values, without n or interval', async () => {
  const rows = reportedTable2Rows(await loadPaperData('table2'));
  expect(rows).toHaveLength(25);
  const printed = rows
    .filter(row => row.measure === 'unigram')
    .map(row => [row.model, row.value, row.n, row.low]);
  expect(printed).toEqual([
    ['LLaMA', 19.5, null, null],
    ['20M', 40.4, null, null],
    ['80M', 41.9, null, null],
    ['150M', 42.5, null, null],
    ['ChatGPT #2', 49.2, null, null],
  ]);
});

test('a computed column has one row a measure, with its n and interval', () => {
  expect(
    table2Rows(column, style).map(({ measure, value, low, high, n }) => [measure, value, low, high, n]),
  ).toEqual([
    ['list', 0.5, 0.1, 0.9, 2],
    ['listWithout', 0, 0, 0, 1],
    ['listDifference', 0.5, -0.25, 0.75, 3],
    ['summary', null, null, null, 0],
    ['summaryWithout', 1, 1, 1, 3],
    ['summaryDifference', null, null, null, 3],
    ['unigram', 43.88, 40.12, 47.65, 3],
    ['length', -0.125, -0.5, 0.25, 3],
  ]);
});

test('the table prints shares in percent, escapes names, and says what is missing and why', () => {
  const { html, text } = table2(table2Rows(column, style));
  expect(html).toContain('&#60;Vicuna&#62;');
  expect(html).toContain('50\u00a0%<br><small>[10\u00a0%,\u00a090\u00a0%] n\u00a02</small>');
  expect(html).toContain('no\u00a0such\u00a0prompt\u00a0(n\u00a00)');
  expect(text).toContain('  J of lists: 0.50 [−0.25, 0.75] n 3\n');
  expect(text).toContain('  J of summaries: too few prompts (n 3)\n');
  expect(text).toContain('FastChat-80 (public), <Vicuna>\n');
  expect(text).toContain('  Unigram overlap: 43.9 [40.1, 47.6] n 3\n  Length: −0.13 [−0.50, 0.25] n 3');
});

test('a measure that needs a judge has a row only beside the paper’s values', async () => {
  expect(table2(table2Rows(column, style)).html).not.toContain('authoritative');
  const rows = [...reportedTable2Rows(await loadPaperData('table2')), ...table2Rows(column, style)];
  expect(table2(rows).text).toContain('  J of lists: not printed\n');
  expect(table2(rows).text).toMatch(
    /FastChat-80 \(public\), <Vicuna>\n[\s\S]*Authoritative tone: reported only/,
  );
});

test('the chart leaves out what was not measured and draws intervals to the same scale', () => {
  const chart = table2Figure(table2Rows(column, style));
  const [list, without, difference, summary] = chart.data;
  expect(list).toMatchObject({ x: [50], error_x: { array: [40], arrayminus: [40] } });
  expect(without).toMatchObject({ x: [0], xaxis: 'x', marker: { symbol: 'circle-open' } });
  expect(difference).toMatchObject({ x: [0.5], xaxis: 'x2' });
  expect(summary).toMatchObject({ x: [] });
});

test('a figure shows itself as Plotly, as rows and as a table', () => {
  const chart = table2Figure(table2Rows(column, style)) as unknown as {
    [DISPLAY](): Record<string, unknown>;
  };
  expect(Object.keys(chart[DISPLAY]())).toEqual([PLOTLY_MIME, ROWS_MIME, 'text/html', 'text/plain']);
});

test('base models, imitation models and a second teacher sample have the colours of all figures', () => {
  const rows = ['LLaMA-13B', 'Vicuna', 'ChatGPT #2'].flatMap(model =>
    table2Rows({ ...column, model }, style),
  );
  const traces = table2Figure(rows).data as {
    name: string;
    showlegend: boolean;
    marker: { color: string };
  }[];
  const entries = traces.filter(({ showlegend }) => showlegend);
  expect(entries.map(({ name, marker }) => [name, marker.color])).toEqual([
    ['Base model', '#8c8c8c'],
    ['Imitation', '#d55e00'],
    ['Teacher, second sample', '#009e73'],
  ]);
});

test('rows of one set of records are together', () => {
  const other = { ...column, records: 'OpenAssistant-250' };
  const rows = [column, other, { ...column, model: 'Alpaca' }].flatMap(each => table2Rows(each, style));
  expect(table2(rows).html).toMatch(/rowspan="2">FastChat-80.*\n.*Alpaca.*\n.*rowspan="1">OpenAssistant/);
});

describe('the live table', () => {
  const model = { model: 'broad' as const, size: 80_000, budget: 1000 };
  const shares = [
    studyRow({ ...model, measure: 'style.list', value: 0.9, n: 20 }),
    studyRow({ ...model, measure: 'style.no-list', value: 0.3, n: 20 }),
    studyRow({ ...model, measure: 'style.summary', value: 0.5, n: 20 }),
  ];
  const values = (rows: StudyRow[]) =>
    Object.fromEntries(liveTable2Rows(rows).map(({ measure, value }) => [measure, value]));

  test('shows what a record lacks as a dash, and computes J from two recorded shares', () => {
    expect(values(shares)).toEqual({
      list: 0.9,
      listWithout: 0.3,
      listDifference: expect.closeTo(0.6, 12),
      summary: 0.5,
    });
    const both = [...shares, studyRow({ ...model, measure: 'style.no-summary', value: 0.1, n: 20 })];
    expect(values(both)).toMatchObject({ summaryWithout: 0.1, summaryDifference: expect.closeTo(0.4, 12) });
    const paper = table2Rows(column, style);
    expect(table2([...paper, ...liveTable2Rows(shares)]).text).toContain(
      '  Summaries where the teacher has none: –\n  J of summaries: –\n',
    );
  });

  test('reads a J that is recorded', () => {
    const recorded = studyRow({ ...model, measure: 'style.list-difference', value: 0.61, n: 40 });
    expect(values([...shares, recorded]).listDifference).toBe(0.61);
  });
});
