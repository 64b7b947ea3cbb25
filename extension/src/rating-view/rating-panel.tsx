import {
  type KeyboardEvent,
  type ReactElement,
  useCallback,
  useEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import type { RatingChoice, RatingModel } from '../rating/rating-model.ts';
import type { RenderAnswer } from '../view/answer-renderer.ts';
import { keepFromNotebook } from '../view/keep-from-notebook.ts';
import { Choices } from './choices.tsx';
import { Done } from './done.tsx';
import { Instructions } from './instructions.tsx';
import { NameForm } from './name-form.tsx';
import { Pair } from './pair.tsx';
import { Progress } from './progress.tsx';
import { Results } from './results.tsx';

const CHOICES: Record<string, RatingChoice | undefined> = { 1: 'left', 2: 'right', 3: 'tie', 0: 'bad' };

interface Props {
  model: RatingModel;
  renderAnswer: RenderAnswer;
  /** Keeps the annotator's name for the next time. */
  onName: (annotator: string | null) => void;
  /** Shows the answers side by side with their names. */
  onRead: () => void;
}

/** Shows the paper's Figure 7: criteria beside two unlabelled outputs, and one choice between them. */
export function RatingPanel({ model, renderAnswer, onName, onRead }: Props): ReactElement {
  const subscribe = useCallback((listener: () => void) => model.subscribe(listener), [model]);
  const state = useSyncExternalStore(subscribe, () => model.state);
  const { step } = state;
  const place = useRef<HTMLHeadingElement>(null);
  const shown = step.kind === 'rating' || step.kind === 'named' ? step.pair.key + step.kind : step.kind;

  // Whoever comes back from another window sees what others rated meanwhile.
  useEffect(() => {
    const refresh = () => document.visibilityState === 'visible' && model.log.refresh();
    document.addEventListener('visibilitychange', refresh);
    return () => document.removeEventListener('visibilitychange', refresh);
  }, [model]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new on the screen is read from its heading.
  useEffect(() => {
    if (step.kind !== 'naming') place.current?.focus({ preventScroll: true });
  }, [shown]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    keepFromNotebook(event);
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement && event.target.type === 'text') return;
    const choice = CHOICES[event.key];
    if (choice && step.kind === 'rating') model.vote(choice);
    else if (event.key === 'u') model.undo();
    else if (event.key === 'n' && step.kind === 'named') model.next();
    else return;
    event.preventDefault();
  };

  return (
    <section className="il-Rating" aria-label="Blind rating" onKeyDown={onKeyDown}>
      <Progress
        state={state}
        log={model.log}
        headingRef={place}
        onRename={() => {
          onName(null);
          model.nameAnnotator(null);
        }}
      />
      <div className="il-RatingBody">
        {step.kind !== 'revealed' && (
          <Instructions text={state.comparison.rating?.instructions} renderAnswer={renderAnswer} />
        )}
        <div className="il-RatingMain">
          {step.kind === 'naming' && (
            <NameForm
              onName={annotator => {
                onName(annotator);
                model.nameAnnotator(annotator);
              }}
            />
          )}
          {(step.kind === 'rating' || step.kind === 'named') && (
            <>
              <Pair key={step.pair.key} step={step} state={state} renderAnswer={renderAnswer} />
              <Choices step={step} state={state} model={model} />
            </>
          )}
          {step.kind === 'done' && <Done state={state} model={model} />}
          {step.kind === 'revealed' && <Results state={state} path={model.log.path} onRead={onRead} />}
        </div>
      </div>
    </section>
  );
}
