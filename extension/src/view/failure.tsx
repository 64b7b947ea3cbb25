import type { ReactElement } from 'react';

/** Why an output cannot be shown. */
export function Failure({ message }: { message: string }): ReactElement {
  return (
    <div className="il-Failure" role="alert">
      {message}
    </div>
  );
}
