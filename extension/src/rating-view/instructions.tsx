import figure from 'imitation-lab/fig7.json';
import type { ReactElement } from 'react';
import type { RenderAnswer } from '../view/answer-renderer.ts';
import { MarkdownText } from '../view/markdown-text.tsx';

/** The paper's criteria, as Figure 7 prints them; it cuts the last. */
const CRITERIA = [
  figure.introduction,
  ...figure.criteria.map(criterion => `- ${criterion}${criterion.endsWith('.') ? '' : ' …'}`),
].join('\n\n');

/** Shows the criteria of the judgement: the task's own instructions, else the paper's. */
export function Instructions({
  text,
  renderAnswer,
}: {
  text: string | undefined;
  renderAnswer: RenderAnswer;
}): ReactElement {
  return (
    <aside className="il-Instructions" aria-label="Instructions">
      <details open>
        <summary>Instructions</summary>
        <MarkdownText text={text ?? CRITERIA} marks={NONE} renderAnswer={renderAnswer} />
        <p className="il-Quiet">Keys: 1, 2, 3, 0 to choose, u to undo</p>
      </details>
    </aside>
  );
}

const NONE: [] = [];
