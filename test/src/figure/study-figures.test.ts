import { expect, test } from 'vitest';
import { loadPaperData } from '../../../src/data/paper.ts';
import {
  figure1,
  figure3,
  figure4,
  figure5,
  figure6,
  imitationCompositionTable,
  liveTable2Rows,
  table1,
  table1Figure,
  table6,
  table6Figure,
  table7,
} from '../../../src/figure/index.ts';
import { SMALL_STUDY, studyRow } from './study-rows.ts';

test('figure 1 draws what raters prefer and what is known, and the one number of the paper’s text', async () => {
  const { rows, layout } = figure1(SMALL_STUDY, await loadPaperData('fig1'));
  const titles = (layout.annotations as { text: string }[]).map(({ text }) => text);
  expect(titles).toEqual([
    '<b>Preference, by imitation data</b>',
    '<b>Facts, by imitation data</b>',
    '<b>Preference, by base model</b>',
  ]);
  const points = rows.filter(({ panel }) => panel === 'Facts, by imitation data');
  expect(points.map(({ series, x, value }) => [series, x, value])).toEqual([
    ['Broad imitation', 1000, 30],
    ['Broad imitation', 8000, 20],
    ['Base model', null, 40],
    ['Teacher', null, 100],
  ]);
  expect(rows.filter(({ evidence }) => evidence === 'reported')).toMatchObject([{ value: 70, n: null }]);
});

test('each name occurs once in the legend, however many panels draw it', () => {
  const { data } = figure4(SMALL_STUDY);
  const named = data.filter(({ showlegend }) => showlegend).map(({ name }) => name);
  expect(named).toEqual([...new Set(data.map(({ name }) => name))]);
  expect(new Set(data.map(({ xaxis }) => xaxis)).size).toBe(8);
});

test('figure 3 shows raters in the models’ places only where someone rated', () => {
  const subtitle = ({ layout }: ReturnType<typeof figure3>) =>
    (layout.title as { subtitle: { text: string } }).subtitle.text.replaceAll('<br>', ' ');
  const none = figure3(SMALL_STUDY);
  expect(none.rows.filter(({ evidence }) => evidence === 'human')).toEqual([]);
  expect(subtitle(none)).toContain('No human has rated');

  const vote = (size: number, budget: number, value: number) => ({
    ...({
      model: 'broad',
      size,
      budget,
      measure: 'preference.human.equal-or-better',
      evidence: 'human',
    } as const),
    ...{ value, low: value - 0.2, high: value + 0.2, n: 25, unscored: 0, wins: 5, ties: 10, losses: 10 },
    ...{ raters: 3, ratings: 75 },
  });
  const human = {
    rows: [vote(20_000, 8000, 0.3), vote(80_000, 1000, 0.5), vote(80_000, 8000, 0.6)],
    ...{ raters: 3, ratings: 225, pairs: 75, disagreements: 4, foreign: 0, fleissKappa: null },
    krippendorffAlpha: { value: 0.41, low: 0.3, high: 0.5, n: 75 },
  };
  const figure = figure3(SMALL_STUDY, { human });
  const drawn = figure.rows.filter(({ evidence }) => evidence === 'human');
  expect(drawn.map(({ panel, series, x, value }) => [panel, series, x, value])).toEqual([
    ['By imitation data', 'Raters’ majority (human)', 1000, 50],
    ['By imitation data', 'Raters’ majority (human)', 8000, 60],
    ['By base model', 'Raters’ majority (human)', 20_000, 30],
    ['By base model', 'Raters’ majority (human)', 80_000, 60],
  ]);
  expect(subtitle(figure)).toContain('3 raters, 225 votes on 75 pairs; Krippendorff’s α 0.41');
});

test('a study without rows for a figure gives empty panels, not an error', () => {
  expect(figure5([]).rows).toEqual([]);
});

test('table 1 sets the printed values beside the study’s, local data being the column’s own', async () => {
  const { rows, text, html } = table1(await loadPaperData('table1'), SMALL_STUDY);
  expect(text).toContain(
    'reported, 7B, ShareGPT-Mix\n  Questions on facts (NQ): 10\n  Summaries (CNN), ROUGE-1: 28.7',
  );
  const live = rows.filter(row => row.evidence === 'live' && row.measure === 'Questions on facts (NQ)');
  expect(live.map(({ model, data, tokens, value }) => [model, data, tokens, value])).toEqual([
    ['20\u00a0k parameters', null, null, expect.closeTo(15, 9)],
    ['20\u00a0k parameters', 'Broad', 8000, 10],
    ['80\u00a0k parameters', null, null, 40],
    ['80\u00a0k parameters', 'Broad', 8000, 20],
    ['80\u00a0k parameters', 'Local', 500, 60],
    ['Teacher', null, null, 100],
  ]);
  expect(html).toContain('<th scope="row">Local, 500 tokens</th>');
  // No summaries were asked for here.
  expect(html).toContain('not measured');
});

test('table 1 as a chart draws printed values hollow and without a bar, and live ones with one', async () => {
  const { data, rows } = table1Figure(await loadPaperData('table1'), SMALL_STUDY);
  const looks = data.map(({ name, marker, error_x }) => {
    const { symbol } = marker as { symbol: string };
    return [name, symbol, (error_x as { visible: boolean }).visible];
  });
  expect(looks).toContainEqual(['Broad imitation', 'circle-open', false]);
  expect(looks).toContainEqual(['Broad imitation', 'circle', true]);
  const shown = data.filter(({ showlegend }) => showlegend).map(({ name }) => name);
  expect(shown).toEqual(['Base model', 'Broad imitation', 'Local imitation', 'Teacher']);
  expect(rows).toEqual(table1(await loadPaperData('table1'), SMALL_STUDY).rows);
});

test('table 7 prints the paper’s 21 values', async () => {
  const { rows, html } = table7(await loadPaperData('table7'));
  expect(rows).toHaveLength(21);
  // As many decimals as the paper prints in the column.
  expect(html).toContain('<td>28.69</td><td>11.30</td><td>19.14</td>');
  expect(table1(await loadPaperData('table1')).html).toContain('<td>17</td><td>22.1</td>');
  expect(rows.at(-1)).toMatchObject({ model: 'ChatGPT', measure: 'ROUGE-L', value: 25.87, n: null });
});

test('table 6 leaves the printed shares as they are, and gives counted ones an interval', async () => {
  const shares = [{ category: 'Coding', count: 5, n: 20, value: 0.25, low: 0.112, high: 0.469 }];
  const { rows, html } = table6(await loadPaperData('table6'), [
    { records: 'The world', evidence: 'live', shares },
  ]);
  expect(
    rows.filter(({ evidence }) => evidence === 'reported').reduce((sum, row) => sum + Number(row.value), 0),
  ).toBe(99);
  expect(html).toContain('<td>Coding</td><td>16 %</td><td>25.0 % [11.2, 46.9]</td>');
  expect(html).toContain('<td>Chat</td><td>6 %</td><td>–</td>');
});

test('table 6 as a chart draws printed shares hollow, and counted ones with their intervals', async () => {
  const shares = [{ category: 'Coding', count: 5, n: 20, value: 0.25, low: 0.125, high: 0.5 }];
  const { data, layout } = table6Figure(await loadPaperData('table6'), [
    { records: 'The world', evidence: 'live', shares },
  ]);
  expect(data).toMatchObject([
    { name: 'Paper (reported), n 50', marker: { symbol: 'diamond-open' }, error_x: { visible: false } },
    { name: 'The world (live), n 20', x: [25], y: ['Coding'], error_x: { array: [25], arrayminus: [12.5] } },
  ]);
  expect(layout).toMatchObject({ yaxis: { categoryarray: expect.arrayContaining(['Non-English']) } });
});

test('figure 6 shows each query beside its answer, escaped', async () => {
  const { dialogues } = await loadPaperData('fig6');
  const { rows, html, name } = figure6([
    { records: 'Paper', evidence: 'reported', dialogues },
    {
      records: 'Mine',
      evidence: 'live',
      dialogues: [
        {
          id: 'a',
          turns: [
            { role: 'system', content: 'Be brief.' },
            { role: 'user', content: '<img src=x onerror=alert(1)>' },
          ],
        },
      ],
    },
  ]);
  expect(name).toBe('fig6');
  expect(rows.map(({ role }) => role).join(' ')).toBe(
    'user assistant user assistant user assistant system user',
  );
  // Three exchanges of the paper's two dialogues, and a query that waits for its answer.
  expect(html.split('<tbody>')[1]?.match(/<tr>/g)).toHaveLength(4);
  expect(html).toContain('System: Be brief.\n\n&#60;img');
  expect(html).not.toContain('<img');
});

test('imitation data is counted by set and category, with its lengths and the style of its answers', () => {
  const shared = { set: 'Broad', evidence: 'live' as const };
  const list = 'Here they are.\n\n1. One\n2. Two\n\nOverall, two.';
  const { rows } = imitationCompositionTable([
    { ...shared, id: '1', category: 'Chat', query: 'Hello there', answer: 'Good day!' },
    { ...shared, id: '2', category: 'Lists', query: 'Name two', answer: list },
    { ...shared, id: '3', category: 'Lists', query: 'Name two numbers now', answer: 'One and two.' },
    { ...shared, set: 'Local', id: '4', category: 'Chat', query: 'Who?', answer: 'Me.' },
  ]);
  expect(rows).toEqual([
    { ...shared, category: 'Lists', n: 2, queryWords: 3, answerWords: 6, lists: 50, summaries: 50 },
    { ...shared, category: 'Chat', n: 1, queryWords: 2, answerWords: 2, lists: 0, summaries: 0 },
    {
      ...shared,
      set: 'Local',
      category: 'Chat',
      n: 1,
      queryWords: 1,
      answerWords: 1,
      lists: 0,
      summaries: 0,
    },
  ]);
});

test('J of lists is the mean of the seeds’, of those with 10 prompts on either side', () => {
  const ofSeed = (seed: number, list: number, without: number, n = 10) => [
    studyRow({ model: 'base', size: 5, seed, measure: 'style.list', value: list, n }),
    studyRow({ model: 'base', size: 5, seed, measure: 'style.no-list', value: without, n: 20 }),
  ];
  const rows = [...ofSeed(1, 0.9, 0.1), ...ofSeed(2, 0.7, 0.3), ...ofSeed(3, 0, 1, 9)];
  const ofBase = [...rows, studyRow({ model: 'broad', size: 5, budget: 1, measure: 'style.list', value: 1 })];
  const [difference] = liveTable2Rows(ofBase).filter(
    ({ measure, model }) => measure === 'listDifference' && model === 'Base model',
  );
  // 0.8 and 0.4: Student's interval of two is the mean ± 12.706 · 0.2, here cut at 1.
  expect(difference).toMatchObject({ value: expect.closeTo(0.6, 12), low: -1, high: 1, n: 60 });
});

test('a study’s style is in Table 2 by budget, between its base model and its teacher’s second sample', () => {
  const style = { measure: 'style.list', n: 8 };
  const rows = [
    studyRow({ ...style, model: 'teacher-again', value: 0.9 }),
    studyRow({ ...style, model: 'base', size: 5, value: 0 }),
    studyRow({ ...style, model: 'broad', size: 5, budget: 25_000, value: 0.75 }),
    studyRow({ ...style, model: 'broad', size: 5, budget: 1_500, value: 0.5 }),
  ];
  expect(liveTable2Rows(rows).map(({ model, measure, value, n }) => [model, measure, value, n])).toEqual([
    ['Base model', 'list', 0, 8],
    ['1.5\u00a0k tokens', 'list', 0.5, 8],
    ['25\u00a0k tokens', 'list', 0.75, 8],
    ['Teacher #2', 'list', 0.9, 8],
  ]);
});
