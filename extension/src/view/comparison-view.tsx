import {
  type KeyboardEvent,
  type ReactElement,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { ComparisonState, IComparisonModel } from '../comparison/model.ts';
import { whenIdle } from '../comparison/when-idle.ts';
import type { RenderAnswer } from './answer-renderer.ts';
import { Header } from './header.tsx';
import { keepFromNotebook } from './keep-from-notebook.ts';
import { PromptPane } from './prompt-pane.tsx';
import { Reader } from './reader.tsx';
import { ReadingSwitch } from './reading-switch.tsx';
import { StyleStrip } from './style-strip.tsx';

/** Keys that move through the selection. */
const STEPS: Record<string, number | undefined> = { ArrowLeft: -1, p: -1, ArrowRight: 1, n: 1 };

interface Props {
  model: IComparisonModel;
  renderAnswer: RenderAnswer;
}

/** Shows a comparison: the list of prompts, the shown prompt with its answers, and the style measures. */
export function ComparisonView({ model, renderAnswer }: Props): ReactElement {
  const state = useModel(model);
  const search = useRef<HTMLInputElement>(null);
  const [listOpen, setListOpen] = useState(false);
  const { comparison, current, pair } = state;
  const item = comparison.items[current];

  // biome-ignore lint/correctness/useExhaustiveDependencies: new data has a new search index to prepare.
  useEffect(() => whenIdle(timeIsUp => model.warm(timeIsUp)), [model, comparison]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    keepFromNotebook(event);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
      return;
    const step = STEPS[event.key];
    if (step !== undefined) model.step(step);
    else if (event.key === '/') search.current?.focus();
    else return;
    event.preventDefault();
  };

  return (
    <section
      className={`il-Comparison${comparison.items.length > 1 ? '' : ' il-mod-single'}`}
      aria-label={comparison.title ?? 'Comparison of answers'}
      onKeyDown={onKeyDown}
    >
      <Header comparison={comparison}>
        <ReadingSwitch model={model} state={state} />
      </Header>
      <div className={`il-Body${listOpen ? ' il-mod-listOpen' : ''}`}>
        <PromptPane model={model} state={state} searchRef={search} />
        <div className="il-Main">
          <Reader
            model={model}
            state={state}
            renderAnswer={renderAnswer}
            listOpen={listOpen}
            onToggleList={() => setListOpen(open => !open)}
          />
          {pair && item && <StyleStrip state={state} pair={pair} item={item} />}
        </div>
      </div>
    </section>
  );
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

/** Returns the model's state; the component renders again when it changes. */
function useModel(model: IComparisonModel): ComparisonState {
  const subscribe = useCallback((listener: () => void) => model.subscribe(listener), [model]);
  return useSyncExternalStore(subscribe, () => model.state);
}
