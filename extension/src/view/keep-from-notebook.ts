import type { KeyboardEvent } from 'react';

/** Keeps a plain key pressed in a view from the notebook, where `b` inserts a cell. */
export function keepFromNotebook(event: KeyboardEvent): void {
  const leaves = event.ctrlKey || event.metaKey || event.key === 'Escape' || event.key === 'Tab';
  if (!leaves || event.key === 'Enter') event.stopPropagation();
}
