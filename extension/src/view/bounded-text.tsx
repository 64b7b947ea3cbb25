import { type ReactElement, useState } from 'react';
import { MAX_ANALYSED } from '../comparison/answer-marks.ts';

interface Props {
  text: string;
  /** Shown in place of an empty text. */
  empty: string;
  children: (text: string) => ReactElement;
}

/** A text of which, when it is very long, only the beginning is laid out until the reader asks for the rest. */
export function BoundedText({ text, empty, children }: Props): ReactElement {
  const [whole, setWhole] = useState<string | null>(null);
  if (text.trim() === '') return <p className="il-Empty">{empty}</p>;
  if (text.length <= MAX_ANALYSED || whole === text) return children(text);
  return (
    <>
      {children(text.slice(0, MAX_ANALYSED))}
      <p className="il-Note">
        The first {MAX_ANALYSED.toLocaleString('en')} of {text.length.toLocaleString('en')} characters.{' '}
        <button type="button" className="il-Button" onClick={() => setWhole(text)}>
          Show all
        </button>
      </p>
    </>
  );
}
