/** Check of one requirement of a study. */
export interface StudyCheck {
  what: string;
  /** `note` marks what a study does not need, but its user should know. */
  state: 'ok' | 'note' | 'missing';
  required: string;
  found: string;
}

/** Makes the check of something that a study requires. */
export function checkOf(what: string, ok: boolean, required: string, found: string): StudyCheck {
  return { what, state: ok ? 'ok' : 'missing', required, found };
}
