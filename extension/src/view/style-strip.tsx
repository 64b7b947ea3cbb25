import type { ComparisonItem, Estimate } from 'imitation-lab/schema';
import type { PairStyle, StyleSummary } from 'imitation-lab/text';
import { type ReactElement, useMemo } from 'react';
import type { ComparisonState } from '../comparison/model.ts';
import { type Pair, styleOfPair } from '../comparison/style-of-pair.ts';
import { interval, measure } from './format.ts';
import { useSelectionStyle } from './use-selection-style.ts';

interface Measure {
  name: string;
  meaning: string;
  percent?: true;
  ofPair: (style: PairStyle) => string;
  ofAll: (summary: StyleSummary) => Estimate;
}

const who = (teacher: boolean, model: boolean) =>
  teacher && model ? 'both' : teacher ? 'teacher only' : model ? 'model only' : 'neither';

/** The model alone, where the teacher has no such part. */
const without = (teacher: boolean, model: boolean) => (teacher ? '–' : model ? 'yes' : 'no');

/** Meaning of J, of a part such as lists. */
const difference = (part: string) =>
  `Difference of the two shares of ${part}: 1 where the model has them exactly where the teacher does, 0 where it does not follow the teacher; Newcombe’s 95 % interval, of at least 10 prompts on either side`;

/** Table 2 of the paper, column by column. */
const MEASURES: Measure[] = [
  {
    name: 'List',
    meaning: 'Share of the model’s answers with a list, where the teacher’s answer has one',
    ofPair: style => who(style.teacherList, style.modelList),
    ofAll: summary => summary.list,
  },
  {
    name: 'List without',
    meaning: 'Share of the model’s answers with a list, where the teacher’s answer has none',
    ofPair: style => without(style.teacherList, style.modelList),
    ofAll: summary => summary.listWithout,
  },
  {
    name: 'J of lists',
    meaning: difference('lists'),
    ofPair: () => '–',
    ofAll: summary => summary.listDifference,
  },
  {
    name: 'Summary',
    meaning: 'Share of the model’s answers with a summary paragraph, where the teacher’s answer has one',
    ofPair: style => who(style.teacherSummary, style.modelSummary),
    ofAll: summary => summary.summary,
  },
  {
    name: 'Summary without',
    meaning: 'Share of the model’s answers with a summary paragraph, where the teacher’s answer has none',
    ofPair: style => without(style.teacherSummary, style.modelSummary),
    ofAll: summary => summary.summaryWithout,
  },
  {
    name: 'J of summaries',
    meaning: difference('summaries'),
    ofPair: () => '–',
    ofAll: summary => summary.summaryDifference,
  },
  {
    name: 'Unigram overlap',
    meaning: 'Unigram intersection: Dice coefficient of the two sets of words, in percent',
    percent: true,
    ofPair: style => measure(style.unigram, true),
    ofAll: summary => summary.unigram,
  },
  {
    name: 'Length',
    meaning: 'In words, teacher and model; over a selection, the correlation of the two (Pearson’s r)',
    ofPair: style => `${style.teacherWords.toLocaleString('en')} : ${style.modelWords.toLocaleString('en')}`,
    ofAll: summary => summary.length,
  },
];

interface Props {
  state: ComparisonState;
  pair: Pair;
  item: ComparisonItem;
}

/** Shows the paper's style measures (Table 2) of the shown pair and of the selection. */
export function StyleStrip({ state, pair, item }: Props): ReactElement {
  const one = useMemo(() => styleOfPair(item, pair), [item, pair]);
  const { done, summary } = useSelectionStyle(state, pair);
  const label = (id: string) => state.comparison.answers.find(answer => answer.id === id)?.label ?? id;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className="il-Style" aria-label="Style" tabIndex={0}>
      <table style={{ gridTemplateRows: `repeat(${MEASURES.length + 2}, auto)` }}>
        <caption>
          <span>
            Style of <b>{label(pair.model)}</b>
          </span>{' '}
          against {label(pair.teacher)}
        </caption>
        <thead>
          <tr>
            <td />
            {MEASURES.map(({ name, meaning }) => (
              <th key={name} scope="col" title={meaning}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">This pair</th>
            {MEASURES.map(({ name, ofPair }) => (
              <td key={name}>{one ? ofPair(one) : '–'}</td>
            ))}
          </tr>
          {state.comparison.items.length > 1 && (
            <tr>
              <th scope="row">
                Selection{' '}
                <span className="il-Quiet">
                  {summary ? `n = ${summary.n.toLocaleString('en')}` : `${Math.floor(done * 100)} %`}
                </span>
              </th>
              {MEASURES.map(({ name, percent, ofAll }) => (
                <td key={name}>
                  {summary ? <Value estimate={ofAll(summary)} percent={percent} total={summary.n} /> : '…'}
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

interface ValueProps {
  estimate: Estimate;
  percent: true | undefined;
  total: number;
}

function Value({ estimate, percent, total }: ValueProps): ReactElement {
  return (
    <>
      <b>{measure(estimate.value, percent)}</b>{' '}
      <span className="il-Quiet" title="95 % interval">
        {interval(estimate, percent)}
      </span>{' '}
      {estimate.n !== total && <span className="il-Quiet">n = {estimate.n.toLocaleString('en')}</span>}
    </>
  );
}
