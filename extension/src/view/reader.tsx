import type { AnswerColumn as Column } from 'imitation-lab/schema';
import { type ReactElement, useEffect, useMemo, useRef } from 'react';
import { answerMarks, countMarks, MAX_ANALYSED, withMatches } from '../comparison/answer-marks.ts';
import { answerOf, givenId } from '../comparison/comparison-item.ts';
import { findMatches } from '../comparison/find-matches.ts';
import type { ComparisonState, IComparisonModel } from '../comparison/model.ts';
import type { Pair } from '../comparison/style-of-pair.ts';
import { AnswerColumn } from './answer-column.tsx';
import type { RenderAnswer } from './answer-renderer.ts';
import { BoundedText } from './bounded-text.tsx';
import { HighlightSwitches } from './highlight-switches.tsx';
import { Matched } from './matched.tsx';
import { Navigation } from './navigation.tsx';

interface Props {
  model: IComparisonModel;
  state: ComparisonState;
  renderAnswer: RenderAnswer;
  listOpen: boolean;
  onToggleList: () => void;
}

/** Shows a prompt and its answers, with the switches for what is highlighted in them. */
export function Reader({ model, state, renderAnswer, listOpen, onToggleList }: Props): ReactElement {
  const { comparison, current, pair, query, highlights, reading } = state;
  const item = comparison.items[current];
  const scroller = useRef<HTMLElement>(null);

  // Typing in the search field must not compare the answers again.
  const unsearched = useMemo(
    () => (item ? comparison.answers.map(({ id }) => ({ id, marks: answerMarks(item, id, pair) })) : []),
    [comparison, item, pair],
  );
  const marks = useMemo(() => {
    const text = (id: string) => (item ? (answerOf(item, id)?.text ?? '') : '');
    return new Map(unsearched.map(({ id, marks }) => [id, withMatches(marks, text(id), query)]));
  }, [unsearched, item, query]);
  const counts = useMemo(() => countMarks(marks.values()), [marks]);
  const labelled = useMemo(() => comparison.items.some(({ labels = [] }) => labels.length > 0), [comparison]);

  const columns = useMemo(() => besideTeacher(comparison.answers, pair), [comparison, pair]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another prompt or pair is read from its beginning.
  useEffect(() => {
    // Braces: scrollTo returns a promise in newer browsers, which React would take for a clean-up function.
    scroller.current?.scrollTo({ top: 0 });
  }, [item, pair]);

  return (
    <div className="il-Reader">
      <div className="il-Toolbar">
        <Navigation model={model} state={state} listOpen={listOpen} onToggleList={onToggleList} />
        <HighlightSwitches model={model} state={state} counts={counts} labelled={labelled} />
      </div>
      {item ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        <section ref={scroller} className="il-Scroll" aria-label="Prompt and answers" tabIndex={0}>
          <div className="il-Prompt">
            <p className="il-PromptMeta">
              {item.category !== undefined && <span className="il-Chip">{item.category}</span>}
              {item.tags?.map(tag => (
                <span key={tag} className="il-Chip il-mod-tag">
                  {tag}
                </span>
              ))}
              <span className="il-Quiet">{givenId(item)}</span>
            </p>
            <BoundedText
              text={item.prompt}
              limit={findMatches(item.prompt, query).length > 0 ? MAX_ANALYSED : PROMPT_LENGTH}
              empty="(empty prompt)"
            >
              {text => (
                <div className="il-PromptText" dir="auto">
                  <Matched text={text} query={highlights.has('search') ? query : ''} />
                </div>
              )}
            </BoundedText>
          </div>
          <div className="il-Columns">
            {columns.map(column => (
              <AnswerColumn
                key={column.id}
                column={column}
                metrics={comparison.metrics ?? []}
                item={item}
                pair={pair}
                marks={marks.get(column.id) ?? NOTHING}
                highlights={highlights}
                reading={reading}
                renderAnswer={renderAnswer}
                onCompare={
                  comparison.answers.length > 2 && column.id !== pair?.teacher
                    ? () => model.compareWith(column.id)
                    : undefined
                }
              />
            ))}
          </div>
        </section>
      ) : (
        <p className="il-Empty">{comparison.items.length === 0 ? 'This comparison holds no prompts.' : ''}</p>
      )}
    </div>
  );
}

/** Orders the columns with the compared pair first, side by side also where further columns wrap below. */
function besideTeacher(columns: readonly Column[], pair: Pair | null): Column[] {
  const rank = ({ id }: Column) => (id === pair?.teacher ? 0 : id === pair?.model ? 1 : 2);
  return columns.toSorted((a, b) => rank(a) - rank(b));
}

/** More of a prompt would push its answers out of sight; it opens on demand, or where the search has a match. */
const PROMPT_LENGTH = 1500;

const NOTHING = { marks: [], lost: 0, tooLong: false };
