import { type FormEvent, type ReactElement, useId } from 'react';

/** Asks once who rates. */
export function NameForm({ onName }: { onName: (annotator: string) => void }): ReactElement {
  const id = useId();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('annotator') ?? '').trim();
    if (name !== '') onName(name);
  };
  return (
    <form className="il-NameForm" onSubmit={onSubmit}>
      <label htmlFor={id}>Your name or code</label>
      <p className="il-Quiet" id={`${id}-why`}>
        It is saved with your votes, and distinguishes them from those of other raters.
      </p>
      <div>
        <input
          id={id}
          name="annotator"
          type="text"
          required
          autoComplete="off"
          aria-describedby={`${id}-why`}
        />
        <button type="submit" className="il-Button il-mod-primary">
          Start
        </button>
      </div>
    </form>
  );
}
