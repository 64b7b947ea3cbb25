import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import type { IComparisonModel } from '../comparison/model.ts';
import { whenIdle } from '../comparison/when-idle.ts';
import type { RenderAnswer } from './answer-renderer.ts';
import { Header } from './header.tsx';
import { PromptPane } from './prompt-pane.tsx';
import { Reader } from './reader.tsx';
import { StyleStrip } from './style-strip.tsx';
import { useModel } from './use-model.ts';

interface Props {
  model: IComparisonModel;
  renderAnswer: RenderAnswer;
}

/** A comparison: the list of prompts, the shown prompt with its answers, and the style measures. */
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
    const command = {
      ArrowLeft: () => model.step(-1),
      ArrowRight: () => model.step(1),
      p: () => model.step(-1),
      n: () => model.step(1),
      '/': () => {
        setListOpen(true);
        search.current?.focus();
      },
    }[event.key];
    if (!command) return;
    event.preventDefault();
    command();
  };

  return (
    <section
      className={`il-Comparison${comparison.items.length > 1 ? '' : ' il-mod-single'}`}
      aria-label={comparison.title ?? 'Comparison of answers'}
      onKeyDown={onKeyDown}
    >
      <Header comparison={comparison} />
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

/** A plain key pressed here must not reach the notebook, where `b` inserts a cell. */
function keepFromNotebook(event: KeyboardEvent): void {
  const leaves = event.ctrlKey || event.metaKey || event.key === 'Escape' || event.key === 'Tab';
  if (!leaves || event.key === 'Enter') event.stopPropagation();
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
