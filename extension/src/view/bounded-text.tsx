import { type ReactElement, useState } from 'react';

interface Props {
  text: string;
  /** In UTF-16 code units. */
  limit: number;
  /** Shown in place of an empty text. */
  empty: string;
  children: (text: string) => ReactElement;
}

/** Shows a text of which, beyond a limit, only the beginning is laid out until the reader asks for the rest. */
export function BoundedText({ text, limit, empty, children }: Props): ReactElement {
  const [whole, setWhole] = useState<string | null>(null);
  if (text.trim() === '') return <p className="il-Empty">{empty}</p>;
  if (text.length <= limit || whole === text) return children(text);
  return (
    <>
      {children(text.slice(0, limit))}
      <p className="il-Note">
        The first {limit.toLocaleString('en')} of {text.length.toLocaleString('en')} characters.{' '}
        <button type="button" className="il-Button" onClick={() => setWhole(text)}>
          Show all
        </button>
      </p>
    </>
  );
}
