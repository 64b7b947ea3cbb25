import type { AnswerColumn as Column, Comparison, ComparisonItem } from 'imitation-lab/schema';
import { hasList, hasSummary, splitWords } from 'imitation-lab/text';
import { type ReactElement, useId, useMemo } from 'react';
import { type AnswerMarks, MAX_ANALYSED } from '../comparison/answer-marks.ts';
import { answerOf } from '../comparison/comparison-item.ts';
import type { Highlight, Reading } from '../comparison/model.ts';
import type { Pair } from '../comparison/style-of-pair.ts';
import type { RenderAnswer } from './answer-renderer.ts';
import { BoundedText } from './bounded-text.tsx';
import { count } from './format.ts';
import { MarkdownText } from './markdown-text.tsx';
import { MarkedText } from './marked-text.tsx';

interface Props {
  column: Column;
  metrics: NonNullable<Comparison['metrics']>;
  item: ComparisonItem;
  pair: Pair | null;
  marks: AnswerMarks;
  highlights: ReadonlySet<Highlight>;
  reading: Reading;
  renderAnswer: RenderAnswer;
  /** Compare the teacher with this answer; absent where there is no choice. */
  onCompare: (() => void) | undefined;
}

/** Shows one model's answer under a header with its name and measures. */
export function AnswerColumn(props: Props): ReactElement {
  const { column, item, pair, marks, highlights, reading, renderAnswer, onCompare } = props;
  const heading = useId();
  const answer = answerOf(item, column.id);
  const compared = pair?.model === column.id;
  const shown = useMemo(() => marks.marks.filter(mark => highlights.has(mark.kind)), [marks, highlights]);

  return (
    <article className={`il-Answer il-role-${column.role}`} aria-labelledby={heading}>
      <header className="il-AnswerHeader">
        <div className="il-AnswerName">
          <h3 id={heading} title={column.label}>
            {column.label}
          </h3>
          {column.label !== column.role && <span className="il-Role">{column.role}</span>}
          {onCompare && (
            <button
              type="button"
              className="il-Button il-mod-end"
              aria-pressed={compared}
              title="Compare the teacher with this answer"
              onClick={onCompare}
            >
              {compared ? 'Compared' : 'Compare'}
            </button>
          )}
        </div>
        {answer && <Facts {...props} />}
      </header>
      <div className="il-AnswerText">
        {answer ? (
          <BoundedText text={answer.text} limit={MAX_ANALYSED} empty="(empty answer)">
            {text =>
              reading === 'markdown' && !marks.tooLong ? (
                <MarkdownText text={text} marks={shown} renderAnswer={renderAnswer} />
              ) : (
                <MarkedText text={text} marks={shown} />
              )
            }
          </BoundedText>
        ) : (
          <p className="il-Empty">(no answer)</p>
        )}
      </div>
    </article>
  );
}

/** Shows the counts and measures of one answer. */
function Facts({ column, item, metrics, marks }: Props): ReactElement | null {
  const answer = answerOf(item, column.id);
  const text = answer?.text ?? '';
  const style = useMemo(
    () => [count(splitWords(text).length, 'word'), hasList(text) && 'list', hasSummary(text) && 'summary'],
    [text],
  );
  if (!answer) return null;
  const facts = [
    ...style,
    answer.tokens !== undefined && count(answer.tokens, 'token'),
    answer.finish === 'length' && 'cut at the length limit',
    answer.finish === 'error' && 'failed',
    marks.lost > 0 && `${count(marks.lost, 'label')} no longer fit`,
    marks.tooLong && 'too long for highlights',
  ].filter(fact => fact !== false);
  return (
    <ul className="il-Facts">
      {facts.map(fact => (
        <li key={fact}>{fact}</li>
      ))}
      {metrics.map(({ name, unit, better }) => {
        if (!answer.metrics || !Object.hasOwn(answer.metrics, name)) return null;
        const value = answer.metrics[name] ?? null;
        return (
          <li key={`metric ${name}`} {...(better && { title: `${better} is better` })}>
            {name} <b>{value === null ? 'not scored' : `${Number(value.toPrecision(4))} ${unit}`.trim()}</b>
          </li>
        );
      })}
    </ul>
  );
}
