import { type ReactElement, type UIEvent, useId, useRef, useState } from 'react';
import { MAX_ANALYSED } from '../comparison/answer-marks.ts';
import type { PairedAnswer } from '../rating/answer-pairs.ts';
import type { RatingState, RatingStep } from '../rating/rating-model.ts';
import type { RenderAnswer } from '../view/answer-renderer.ts';
import { BoundedText } from '../view/bounded-text.tsx';
import { MarkdownText } from '../view/markdown-text.tsx';
import { MarkedText } from '../view/marked-text.tsx';

interface Props {
  step: Extract<RatingStep, { kind: 'rating' | 'named' }>;
  state: RatingState;
  renderAnswer: RenderAnswer;
}

/** Shows the input and the two outputs. Nothing here knows a name before the vote is final. */
export function Pair({ step, state, renderAnswer }: Props): ReactElement {
  const { pair } = step;
  const [together, setTogether] = useState(false);
  const outputs = useRef<HTMLDivElement>(null);
  const label = (id: string) => state.comparison.answers.find(answer => answer.id === id)?.label ?? id;

  const follow = ({ currentTarget }: UIEvent<HTMLElement>) => {
    if (!together || !currentTarget.matches(':hover, :focus-within')) return;
    const way = currentTarget.scrollHeight - currentTarget.clientHeight;
    const share = way > 0 ? currentTarget.scrollTop / way : 0;
    for (const other of outputs.current?.querySelectorAll('.il-OutputText') ?? []) {
      if (other !== currentTarget) other.scrollTop = share * (other.scrollHeight - other.clientHeight);
    }
  };

  return (
    <>
      <section className="il-RatingInput" aria-label="Input">
        <h3>Input {pair.category !== undefined && <span className="il-Chip">{pair.category}</span>}</h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
        <div className="il-PromptText" dir="auto" tabIndex={0}>
          <BoundedText text={pair.prompt} limit={MAX_ANALYSED} empty="(empty input)">
            {text => <>{text}</>}
          </BoundedText>
        </div>
      </section>
      <div className="il-OutputsBar">
        {pair.left.text === pair.right.text && (
          <span className="il-Quiet">Both outputs are the same text.</span>
        )}
        <label className="il-mod-end">
          <input type="checkbox" checked={together} onChange={({ target }) => setTogether(target.checked)} />{' '}
          Scroll together
        </label>
      </div>
      <div className="il-Outputs" ref={outputs}>
        {[pair.left, pair.right].map((answer, side) => (
          <Output
            key={side === 0 ? 'left' : 'right'}
            title={`Output ${side + 1}`}
            name={step.kind === 'named' ? label(answer.id) : null}
            chosen={step.kind === 'named' && step.choice === (side === 0 ? 'left' : 'right')}
            answer={answer}
            renderAnswer={renderAnswer}
            onScroll={follow}
          />
        ))}
      </div>
    </>
  );
}

interface OutputProps {
  title: string;
  /** Name of the model, once it may be known. */
  name: string | null;
  chosen: boolean;
  answer: PairedAnswer;
  renderAnswer: RenderAnswer;
  onScroll: (event: UIEvent<HTMLElement>) => void;
}

function Output({ title, name, chosen, answer, renderAnswer, onScroll }: OutputProps): ReactElement {
  const heading = useId();
  return (
    <article className={`il-RatedOutput${chosen ? ' il-mod-chosen' : ''}`} aria-labelledby={heading}>
      <h3 id={heading}>
        {title}
        {name !== null && <b className="il-RevealedName"> {name}</b>}
        {chosen && <span className="il-Chip">your choice</span>}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section className="il-OutputText" tabIndex={0} aria-labelledby={heading} onScroll={onScroll}>
        <BoundedText text={answer.text} limit={MAX_ANALYSED} empty="(empty output)">
          {text =>
            answer.text.length > MAX_ANALYSED ? (
              <MarkedText text={text} marks={NONE} />
            ) : (
              <MarkdownText text={text} marks={NONE} renderAnswer={renderAnswer} />
            )
          }
        </BoundedText>
      </section>
    </article>
  );
}

const NONE: [] = [];
