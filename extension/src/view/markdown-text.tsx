import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { AnswerMark } from '../comparison/answer-marks.ts';
import type { RenderAnswer } from './answer-renderer.ts';
import { markNodes } from './mark-nodes.ts';
import { MarkedText } from './marked-text.tsx';

interface Props {
  text: string;
  marks: readonly AnswerMark[];
  renderAnswer: RenderAnswer;
}

/**
 * Shows an answer as rendered Markdown with its marks. Rendering is asynchronous: until it is done, and if it cannot
 * be matched with its source, the raw text is shown instead, so no mark is ever lost from sight.
 */
export function MarkdownText({ text, marks, renderAnswer }: Props): ReactElement {
  const rendered = useRendered(text, renderAnswer);
  const host = useRef<HTMLDivElement>(null);
  const [unmatched, setUnmatched] = useState(false);

  // In one frame with the raw text's end, so that the answer is never out of sight.
  useLayoutEffect(() => {
    if (!rendered || !host.current) return;
    const copy = rendered.cloneNode(true);
    if (!(copy instanceof HTMLElement)) return;
    setUnmatched(!markNodes(copy, text, marks));
    host.current.replaceChildren(...copy.childNodes);
  }, [rendered, text, marks]);

  return (
    <>
      {(!rendered || unmatched) && (
        <div className={rendered ? '' : 'il-mod-pending'}>
          <MarkedText text={text} marks={marks} />
        </div>
      )}
      <div
        ref={host}
        className="il-Markdown jp-RenderedHTMLCommon"
        dir="auto"
        hidden={!rendered || unmatched}
      />
    </>
  );
}

/** Renders the text off the page; `null` until it is ready. */
function useRendered(text: string, renderAnswer: RenderAnswer): HTMLElement | null {
  const [rendered, setRendered] = useState<{ text: string; host: HTMLElement } | null>(null);
  useEffect(() => {
    let current = true;
    const host = document.createElement('div');
    renderAnswer(host, text).then(
      () => current && setRendered({ text, host }),
      () => current && setRendered(null),
    );
    return () => {
      current = false;
    };
  }, [text, renderAnswer]);
  return rendered?.text === text ? rendered.host : null;
}
